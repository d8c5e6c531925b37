// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/question_file.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include "model/verdict.hpp"
#include "orders/models/model.hpp"
#include "orders/program/lexer.hpp"

namespace lockstep::orders {

namespace {

/// `key: value`, with the lines that go on with it. `value` is padded so that a place in it is the
/// place in the file.
struct Entry {
  std::string key, value;
  std::size_t line = 1, column = 1;
  bool of_task = false;
};

class Reader {
 public:
  Reader(const std::string& text, const std::string& file, Symbols& symbols,
         const Constant& constant)
      : file_(file), symbols_(symbols), constant_(constant) {
    split(text);
  }

  Question question(const std::string& name) {
    Question q;
    q.name = name;
    q.file = file_;
    for (const std::string& model : builtin_model_names()) q.expected[model] = false;
    std::set<std::string> seen;
    for (const Entry& entry : entries_) {
      if (entry.key != "task") continue;
      begin(entry);
      symbols_.intern(this->name("the task's name"));  // a cell before it may hold it
    }
    for (const Entry& entry : entries_) {
      const std::string key = entry.of_task ? q.tasks.back().name + "." + entry.key : entry.key;
      q.places[key] = {entry.line, entry.column};
      places_ = &q.places;
      entry_ = key;
      if (entry.key != "task" && !seen.insert(key).second) {
        fail(entry, "'" + entry.key + "' stands twice");
      }
      if (entry.of_task) {
        read_of_task(entry, q.tasks.back());
      } else {
        read(entry, q);
      }
      if (entry.key == "task") {
        const TaskSpec& task = q.tasks.back();
        q.places[task.name] = {entry.line, entry.column};
        for (const std::string& of : {task.role, task.start}) {
          q.places[task.name + ":" + of] = q.places.at("task:" + of);
        }
        for (const std::string& of : {task.role, task.start}) q.places.erase("task:" + of);
      }
    }
    for (const TaskSpec& task : q.tasks) check_visits(q, task);
    if (q.tasks.empty()) throw InputError(file_, 1, 1, "no 'task'");
    for (const char* needed : {"words", "cells", "forbidden"}) {
      if (!seen.contains(needed)) throw InputError(file_, 1, 1, "no '" + std::string{needed} + "'");
    }
    return q;
  }

 private:
  [[noreturn]] void fail(const Entry& at, const std::string& what) const {
    throw InputError(file_, at.line, at.column, what);
  }
  [[noreturn]] void fail(const Token& at, const std::string& what) const {
    throw InputError(file_, at.line, at.column, what);
  }

  /// A way for each visit needs as many visits.
  void check_visits(const Question& q, const TaskSpec& task) const {
    for (const auto& [site, ways] : task.next) {
      if (ways.size() <= static_cast<std::size_t>(task.visits)) continue;
      const auto [line, column] = q.places.at(task.name + ".next");
      throw InputError(file_, line, column,
                       site + " has a way for each of " + std::to_string(ways.size()) +
                           " visits; expected 'visits' to be as many, it is " +
                           std::to_string(task.visits));
    }
  }

  // ---- lines ----

  void split(const std::string& text) {
    std::istringstream in(text);
    std::size_t number = 0;
    bool in_task = false;
    for (std::string line; std::getline(in, line);) {
      ++number;
      const std::size_t indent = line.find_first_not_of(' ');
      if (indent == std::string::npos || line.compare(indent, 2, "\\*") == 0) continue;
      if (!entries_.empty() && indent + 1 > entries_.back().column &&
          !is_key_of_task(line, indent)) {
        // One that goes on: to its line, then to its column.
        std::string& value = entries_.back().value;
        const auto lines = static_cast<std::size_t>(std::ranges::count(value, '\n')) + 1;
        value += std::string(number - lines, '\n') + line;
        continue;
      }
      Entry entry;
      entry.line = number;
      entry.column = indent + 1;
      const std::size_t colon = line.find(':');
      if (colon == std::string::npos) fail(entry, "expected `key: value`");
      entry.key = line.substr(indent, colon - indent);
      std::size_t from = colon + 1;
      if (entry.key.starts_with("task ")) {
        entry.key = "task";
        from = indent + 5;
      }
      entry.of_task = indent > 0;
      if (entry.of_task && !in_task) fail(entry, "an indented line before any task");
      if (!entry.of_task) in_task = entry.key == "task";
      entry.value = std::string(number - 1, '\n') + std::string(from, ' ') + line.substr(from);
      entries_.push_back(std::move(entry));
    }
  }
  bool is_key_of_task(const std::string& line, std::size_t indent) const {
    for (const std::string_view key : {"locals:", "choose:", "next:", "visits:", "until:"}) {
      if (entries_.back().of_task || entries_.back().key == "task") {
        if (line.compare(indent, key.size(), key) == 0) return true;
      }
    }
    return false;
  }

  // ---- entries ----

  void read(const Entry& entry, Question& q) {
    if (entry.key == "task") {
      q.tasks.push_back(task(entry));
    } else if (entry.key == "ids") {
      q.ids = words_of(entry);
    } else if (entry.key == "words") {
      q.words = one_line(entry.value);
    } else if (entry.key == "cells") {
      begin(entry);
      do {
        const Token first = peek();
        q.cells.push_back(cell());
        note(first, q.cells.back().first.field);
      } while (accept(","));
      end();
    } else if (entry.key == "assume") {
      begin(entry);
      do {
        const Token first = peek();
        const std::string site = qualified();
        note(first, site);
        expect("=");
        q.orders.insert(order_of(first, site + "=" + name("an order")));
      } while (accept(","));
      end();
    } else if (entry.key == "forbidden") {
      q.forbidden = one_line(entry.value);
      q.forbidden_there = entry.value;
      constants_in(entry, q);
    } else if (entry.key == "reachable") {
      for (const std::string& model : words_of(entry)) {
        if (!q.expected.contains(model)) fail(entry, "no memory model '" + model + "'");
        q.expected[model] = true;
      }
    } else {
      fail(entry, "'" + entry.key +
                      "' is not known here; expected one of: ids, words, cells, "
                      "assume, task NAME, forbidden, reachable");
    }
  }

  TaskSpec task(const Entry& entry) {
    begin(entry);
    TaskSpec t;
    t.name = name("the task's name");
    expect(":");
    t.role = noted_name("a role");
    t.self = symbols_.intern(t.name);
    if (peek().text == "as") {
      const Token& self = tokens_[++at_];
      t.self = known(self, name("a name"));
    }
    if (peek().text != "at") fail(peek(), describe(peek()) + "; expected `at SITE`");
    ++at_;
    t.start = noted_name("a site");
    end();
    return t;
  }

  void read_of_task(const Entry& entry, TaskSpec& t) {
    if (entry.key == "until") {
      for (const std::string& site : words_of(entry)) t.stop_at.insert(site);
    } else if (entry.key == "visits") {
      begin(entry);
      t.visits = value();
      if (t.visits < 1) fail(entry, "'visits' must be 1 or more");
      end();
    } else if (entry.key == "locals" || entry.key == "choose") {
      begin(entry);
      auto& into = entry.key == "locals" ? t.locals : t.choices;
      do {
        const Token first = peek();
        const std::string of = qualified();
        note(first, of);
        expect("=");
        into[of] = value();
      } while (accept(","));
      end();
    } else if (entry.key == "next") {
      begin(entry);
      do {
        const std::string site = noted_name("a site");
        expect("->");
        std::vector<std::string>& ways = t.next[site];
        do ways.push_back(noted_name("a site"));
        while (accept_word("then"));
      } while (accept(","));
      end();
    } else {
      fail(entry, "'" + entry.key +
                      "' is not known of a task; expected one of: locals, choose, "
                      "next, visits, until");
    }
  }

  // ---- tokens ----

  void begin(const Entry& entry) {
    tokens_ = tokens(entry.value, file_, {"->", "[", "]", "=", ",", ".", "+", "-", ":"});
    at_ = 0;
  }
  const Token& peek() const { return tokens_[at_]; }
  bool accept(std::string_view symbol) {
    if (peek().type != Token::Type::symbol || peek().text != symbol) return false;
    ++at_;
    return true;
  }
  bool accept_word(std::string_view word) {
    if (peek().type != Token::Type::name || peek().text != word) return false;
    ++at_;
    return true;
  }
  void expect(std::string_view symbol) {
    if (!accept(symbol)) {
      fail(peek(), describe(peek()) + "; expected '" + std::string{symbol} + "'");
    }
  }
  std::string name(std::string_view what) {
    const Token& token = peek();
    if (token.type != Token::Type::name) {
      fail(token, describe(token) + "; expected " + std::string{what});
    }
    ++at_;
    return token.text;
  }
  /// Where in the file a name of the present entry stands first.
  void note(const Token& at, const std::string& name) const {
    places_->try_emplace(entry_ + ":" + name, at.line, at.column);
  }
  std::string noted_name(std::string_view what) {
    const Token at = peek();
    std::string out = name(what);
    note(at, out);
    return out;
  }
  std::pair<std::string, Order> order_of(const Token& at, const std::string& text) const {
    try {
      return parse_override(text);
    } catch (const InputError& error) {
      fail(at, error.what());
    }
  }
  std::string qualified() {
    std::string out = name("a name");
    while (accept(".")) out += "." + name("a name");
    return out;
  }
  void end() const {
    if (peek().type != Token::Type::end)
      fail(peek(), describe(peek()) + "; expected ',' or the end");
  }

  /// `Flag + 1`, `v1`, `Null`, `TRUE`.
  Atom value() {
    Atom sum = operand();
    while (peek().text == "+" || peek().text == "-") {
      const Token sign = peek();
      ++at_;
      const Atom other = operand();
      if (is_symbol(sum) || is_symbol(other)) fail(sign, "only numbers can be added");
      const std::int64_t wide =
          sign.text == "+" ? std::int64_t{sum} + other : std::int64_t{sum} - other;
      if (wide >= first_symbol || wide <= -first_symbol) fail(sign, "the sum is too large");
      sum = static_cast<Atom>(wide);
    }
    return sum;
  }
  Atom operand() {
    const bool minus = accept("-");
    const Token token = peek();
    Atom out = 0;
    if (token.type == Token::Type::number) {
      const auto [end, error] =
          std::from_chars(token.text.data(), token.text.data() + token.text.size(), out);
      if (error != std::errc{} || is_symbol(out)) {
        fail(token, "the number " + token.text + " is too large");
      }
      ++at_;
    } else if (const std::string of = name("a number or a name"); of == "TRUE" || of == "FALSE") {
      out = of == "TRUE" ? 1 : 0;
    } else if (const auto number = constant_(of)) {
      out = *number;
    } else {
      out = known(token, of);
    }
    if (minus && is_symbol(out)) fail(token, "a name after '-'; expected a number");
    return minus ? -out : out;
  }

  /// A name that the protocol has at this size or at another one (`m2` where there is an `m1`), or
  /// that is a task's.
  Atom known(const Token& at, const std::string& name) {
    const auto stem = [](const std::string& n) {
      return n.substr(0, n.find_last_not_of("0123456789") + 1);
    };
    bool there = symbols_.find(name) >= 0;
    for (std::size_t i = 0; i < symbols_.size() && !there; ++i) {
      const std::string& other = symbols_.name(first_symbol + static_cast<Atom>(i));
      there = stem(name) != name && stem(other) != other && stem(name) == stem(other);
    }
    if (!there) fail(at, "'" + name + "' is no number of the specification and no object");
    return symbols_.intern(name);
  }

  /// `field[object] = value`, `field[object][index] = value`.
  std::pair<CellTerm, Term> cell() {
    CellTerm out{{}, name("a cell"), nullptr, nullptr};
    for (Term* part : {&out.object, &out.index}) {
      if (!accept("[")) break;
      *part = term::constant(operand());
      expect("]");
    }
    expect("=");
    return {out, term::constant(value())};
  }

  std::vector<std::string> words_of(const Entry& entry) {
    tokens_ = tokens(entry.value, file_, {","}, "-");
    at_ = 0;
    std::vector<std::string> out;
    do out.push_back(noted_name("a name"));
    while (accept(","));
    end();
    return out;
  }

  static std::string one_line(const std::string& text) {
    std::istringstream in(text);
    std::string out;
    for (std::string word; in >> word;) out += (out.empty() ? "" : " ") + word;
    return out;
  }

  /// The names of numbers that the predicate mentions.
  void constants_in(const Entry& entry, Question& q) const {
    const auto all =
        tokens(entry.value, file_,
               {"/\\", "\\/", "<=", ">=", "=", "#", "<", ">", "+", "-", "~", "(", ")", ".", "@"});
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool part = i > 0 && (all[i - 1].text == "." || all[i - 1].text == "@");
      if (all[i].type != Token::Type::name || part) continue;
      if (const auto number = constant_(all[i].text)) q.constants[all[i].text] = *number;
    }
  }

  std::string file_;
  Symbols& symbols_;
  const Constant& constant_;
  std::vector<Entry> entries_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  decltype(Question::places)* places_ = nullptr;
  std::string entry_;  ///< as `places_` calls it
};

}  // namespace

Question parse_question_text(const std::string& text, const std::string& file,
                             const std::string& name, Symbols& symbols, const Constant& constant) {
  return Reader(text, file, symbols, constant).question(name);
}

std::string question_name(const std::filesystem::path& file) {
  std::string name = file.stem().string();
  return name.erase(0, std::min(name.find_first_not_of("0123456789_"), name.size()));
}

Question read_question(const std::filesystem::path& file, Symbols& symbols,
                       const Constant& constant) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  if (!in) throw InputError(file.string(), 0, 0, "cannot be read; expected a question");
  return parse_question_text(text, file.string(), question_name(file), symbols, constant);
}

}  // namespace lockstep::orders
