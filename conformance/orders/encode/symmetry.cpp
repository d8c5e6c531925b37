// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/symmetry.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace lockstep::orders {

namespace {

using Renaming = std::map<int, int>;  ///< of events; what is not named stays

/// A text that is equal for terms that differ in the order of commutative operands alone.
std::string canonical(const Term& t, const Renaming& renamed);

void operands(const Term& t, Op op, const Renaming& renamed, std::vector<std::string>& out) {
  if (t->op != op) {
    out.push_back(canonical(t, renamed));
    return;
  }
  for (const Term& arg : t->args) operands(arg, op, renamed, out);
}

std::string canonical(const Term& t, const Renaming& renamed) {
  if (t == nullptr) return "-";
  std::vector<std::string> parts;
  switch (t->op) {
    case Op::constant: return std::to_string(t->value);
    case Op::variable: {
      if (t->value == 0) return t->name;
      const auto found = renamed.find(t->value - 1);  // its name is a site: of no account
      return "#" + std::to_string(found == renamed.end() ? t->value : found->second + 1);
    }
    case Op::logical_and:
    case Op::logical_or:
    case Op::add:
    case Op::mul:
      operands(t, t->op, renamed, parts);
      std::ranges::sort(parts);
      break;
    default:
      for (const Term& arg : t->args) parts.push_back(canonical(arg, renamed));
      if (t->op == Op::eq || t->op == Op::ne) std::ranges::sort(parts);
      break;
  }
  std::string out = "(" + std::to_string(static_cast<int>(t->op)) + t->name;
  for (const std::string& p : parts) out += " " + p;
  return out + ")";
}

std::string canonical(const std::vector<Dependency>& reads, const Renaming& renamed) {
  std::vector<std::string> parts;
  for (const Dependency& d : reads) {
    const auto found = renamed.find(d.read);
    parts.push_back(std::to_string(found == renamed.end() ? d.read : found->second) + "?" +
                    canonical(d.when, renamed));
  }
  std::ranges::sort(parts);
  std::string out;
  for (const std::string& p : parts) out += p + ",";
  return out;
}

/// All of an event but its number, thread and site.
std::string canonical(const Event& e, const Renaming& renamed) {
  const auto event = [&](int id) {
    const auto found = renamed.find(id);
    return std::to_string(found == renamed.end() ? id : found->second) + " ";
  };
  const auto number = [](auto n) { return std::to_string(static_cast<int>(n)) + " "; };
  return number(e.act) + number(e.order) + number(e.marks) + number(e.in_rmw) + number(e.open) +
         number(e.order_if_failed ? *e.order_if_failed : Order{255}) + event(e.previous) +
         event(e.partner) + e.cell.kind + "." + e.cell.field + canonical(e.cell.object, renamed) +
         canonical(e.cell.index, renamed) + canonical(e.value, renamed) +
         canonical(e.guard, renamed) + canonical(e.address, renamed) + "/" +
         canonical(e.data, renamed) + "/" + canonical(e.control, renamed);
}

class Finder {
 public:
  explicit Finder(const Program& program) : program_{program}, events_(program.threads.size()) {
    for (const Event& e : program.events) {
      if (e.thread != initial_thread) events_[e.thread].push_back(e.id);
    }
    question_ = question({});
  }

  std::vector<SymmetricThreads> find() const {
    std::vector<SymmetricThreads> out;
    std::vector<bool> taken(events_.size());
    for (std::size_t a = 0; a < events_.size(); ++a) {
      if (taken[a]) continue;
      const std::optional<std::size_t> key = key_of(a);
      SymmetricThreads group;
      for (std::size_t b = a; b < events_.size() && key; ++b) {
        if (b != a && (taken[b] || !same(a, b))) continue;
        taken[b] = true;
        group.threads.push_back(static_cast<int>(b));
        group.writes.push_back(events_[b][*key]);
      }
      if (group.threads.size() > 1) out.push_back(std::move(group));
    }
    return out;
  }

 private:
  /// The first write that surely happens, else the first, to a cell that no read of the thread
  /// chooses.
  std::optional<std::size_t> key_of(std::size_t thread) const {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < events_[thread].size(); ++i) {
      const Event& e = program_.events[events_[thread][i]];
      const auto fixed = [](const Term& t) { return t == nullptr || t->op == Op::constant; };
      if (e.act != Act::write || !fixed(e.cell.object) || !fixed(e.cell.index)) continue;
      if (term::is_constant(e.guard, 1)) return i;
      if (!first) first = i;
    }
    return first;
  }

  /// Does the program stay the same when the two threads change places?
  bool same(std::size_t a, std::size_t b) const {
    if (events_[a].size() != events_[b].size()) return false;
    Renaming there, swapped;
    for (std::size_t i = 0; i < events_[a].size(); ++i) {
      there[events_[a][i]] = swapped[events_[a][i]] = events_[b][i];
      swapped[events_[b][i]] = events_[a][i];
    }
    for (std::size_t i = 0; i < events_[a].size(); ++i) {
      const Event &x = program_.events[events_[a][i]], &y = program_.events[events_[b][i]];
      if (canonical(x, there) != canonical(y, {})) return false;
    }
    return question(swapped) == question_;
  }

  std::vector<std::string> question(const Renaming& renamed) const {
    std::vector<std::string> out;
    for (const Term& a : program_.assumptions) operands(a, Op::logical_and, renamed, out);
    std::ranges::sort(out);
    out.push_back(canonical(program_.forbidden, renamed));
    for (const Program::Final& f : program_.finals) {
      out.push_back(canonical(f.cell.object, renamed) + canonical(f.cell.index, renamed));
    }
    return out;
  }

  const Program& program_;
  std::vector<std::vector<int>> events_;  ///< by thread
  std::vector<std::string> question_;
};

}  // namespace

std::vector<SymmetricThreads> symmetries(const Program& program) {
  if (!program.choices.empty() || program.threads.size() < 2) return {};
  return Finder{program}.find();
}

}  // namespace lockstep::orders
