// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/question.hpp"

#include <algorithm>

#include "model/verdict.hpp"
#include "orders/lexer.hpp"

namespace lockstep::orders {

namespace {

using nlohmann::json;

class Reader {
 public:
  Reader(Symbols& symbols, std::string_view file) : symbols_{symbols}, file_{file} {}

  Question question(const json& j) {
    where_ = "a question";
    members(j, {"name", "ids", "words", "tasks", "cells", "orders", "forbidden", "expected"});
    Question q;
    q.name = text(j, "name");
    where_ = "question " + q.name;
    for (const json& id : list(j, "ids", false)) q.ids.push_back(id.get<std::string>());
    for (const json& t : list(j, "tasks", true)) q.tasks.push_back(task(t, q.name));
    where_ = "question " + q.name;
    for (const auto& [cell, value] : object(j, "cells")) {
      q.cells.emplace_back(cell_of(cell), term::constant(atom(value, cell)));
    }
    for (const auto& [site, order] : object(j, "orders")) {
      if (!order.is_string()) fail("the order of '" + site + "' must be a text");
      q.orders.insert(parse_override(site + "=" + order.get<std::string>()));
    }
    if (j.contains("words")) q.words = text(j, "words");
    if (!q.orders.empty() && q.words.empty()) fail("'orders' need 'words' that say why");
    q.forbidden = text(j, "forbidden");
    for (const auto& [model, reachable] : object(j, "expected")) {
      if (!reachable.is_boolean()) fail("expected." + model + " must be true or false");
      q.expected[model] = reachable.get<bool>();
    }
    return q;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw InputError{file_, 0, 0, where_ + ": " + what};
  }
  void members(const json& j, std::initializer_list<std::string_view> known) const {
    if (!j.is_object()) fail("expected an object");
    for (const auto& [name, value] : j.items()) {
      if (std::ranges::find(known, name) == known.end()) fail("unknown member '" + name + "'");
    }
  }
  std::string text(const json& j, const char* name) const {
    if (!j.contains(name) || !j[name].is_string())
      fail(std::string{"expected a text '"} + name + "'");
    return j[name].get<std::string>();
  }
  json list(const json& j, const char* name, bool needed) const {
    if (!j.contains(name) && !needed) return json::array();
    if (!j.contains(name) || !j[name].is_array())
      fail(std::string{"expected a list '"} + name + "'");
    return j[name];
  }
  std::map<std::string, json> object(const json& j, const char* name) const {
    if (!j.contains(name)) return {};
    if (!j[name].is_object()) fail(std::string{"expected an object '"} + name + "'");
    return j[name].get<std::map<std::string, json>>();
  }
  Atom atom(const json& j, const std::string& of) {
    if (j.is_number_integer()) return j.get<Atom>();
    if (j.is_boolean()) return j.get<bool>() ? 1 : 0;
    if (j.is_string()) return symbols_.intern(j.get<std::string>());
    if (j.is_null()) return null_atom;
    fail("the value of '" + of + "' must be a number, a name, true, false or null");
  }

  TaskSpec task(const json& j, const std::string& question) {
    members(j, {"name", "role", "start", "self", "locals", "stop_at", "choices", "next", "visits"});
    TaskSpec t;
    t.name = text(j, "name");
    where_ = "question " + question + ", task " + t.name;
    t.role = text(j, "role");
    t.start = text(j, "start");
    t.self = j.contains("self") ? atom(j["self"], "self") : symbols_.intern(t.name);
    for (const auto& [site, to] : object(j, "next")) t.next[site] = to.get<std::string>();
    for (const auto& [local, value] : object(j, "locals")) t.locals[local] = atom(value, local);
    for (const auto& [name, value] : object(j, "choices")) t.choices[name] = atom(value, name);
    for (const json& node : list(j, "stop_at", false)) t.stop_at.insert(node.get<std::string>());
    if (j.contains("visits")) {
      if (!j["visits"].is_number_unsigned() || j["visits"] == 0) fail("visits must be 1 or more");
      t.visits = j["visits"].get<int>();
    }
    return t;
  }

  /// `field`, `field[object]` or `field[object][index]`.
  CellTerm cell_of(const std::string& name) {
    const std::vector<Token> all = tokens(name, file_ + ", " + where_ + ", cells", {"[", "]", "-"});
    CellTerm cell{{}, all.front().text, nullptr, nullptr};
    std::size_t at = 1;
    for (Term* part : {&cell.object, &cell.index}) {
      if (all[at].text != "[") break;
      const bool named = all[at + 1].type == Token::Type::name;
      if ((!named && all[at + 1].type != Token::Type::number) || all[at + 2].text != "]") break;
      *part =
          term::constant(named ? symbols_.intern(all[at + 1].text) : std::stoi(all[at + 1].text));
      at += 3;
    }
    if (all.front().type != Token::Type::name || all[at].type != Token::Type::end) {
      fail("'" + name + "' is no cell; expected field, field[object] or field[object][index]");
    }
    return cell;
  }

  Symbols& symbols_;
  std::string file_, where_;
};

}  // namespace

int Question::visits() const {
  int most = 1;
  for (const TaskSpec& t : tasks) most = std::max(most, t.visits);
  return most;
}

Question parse_question(const json& j, Symbols& symbols, std::string_view file) {
  try {
    return Reader{symbols, file}.question(j);
  } catch (const json::exception& e) {
    throw InputError{file, 0, 0, std::string{"a question: "} + e.what()};
  }
}

std::vector<Question> parse_questions(const json& array, Symbols& symbols, std::string_view file) {
  std::vector<Question> out;
  for (const json& j : array) out.push_back(parse_question(j, symbols, file));
  return out;
}

std::pair<std::string, Order> parse_override(std::string_view text) {
  const std::size_t split = text.find('=');
  if (split != std::string_view::npos && split > 0) {
    for (int o = 0; o <= static_cast<int>(Order::mb); ++o) {
      const auto order = static_cast<Order>(o);
      if (lockstep::name_of(order) == text.substr(split + 1)) {
        return {std::string{text.substr(0, split)}, order};
      }
    }
  }
  throw InputError{text, 0, 0,
                   "expected SITE=ORDER, with ORDER one of none, plain, once, acquire, "
                   "release, acq_rel, full, rmb, wmb, mb"};
}

}  // namespace lockstep::orders
