// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/wellformed.hpp"

#include <algorithm>

namespace lockstep::orders {

namespace {

class Check {
 public:
  Check(const Program& program, const Execution& x) : program_{program}, x_{x} {}

  std::string run() {
    for (const Event& e : program_.events) {
      if (x_.happened[e.id] != holds(e.guard)) return about(e, "happens against its guard");
      if (!x_.happened[e.id]) continue;
      if (e.act == Act::write && value(e.id) != value_in(x_, e.value)) {
        return about(e, "does not write its value");
      }
      if (e.act == Act::read && !reads(e)) return about(e, "does not read what it reads from");
    }
    for (const Event& a : program_.events) {
      if (!writes(a)) continue;
      for (const Event& b : program_.events) {
        if (b.id <= a.id || !writes(b) || !same(a.cell, b.cell)) continue;
        if (!ordered(a, b)) return about(b, "has no place in the order of its cell");
      }
    }
    for (const Term& a : program_.assumptions) {
      if (!holds(a)) return "an assumption does not hold";
    }
    for (const Program::Final& f : program_.finals) {
      if (!last(f)) return f.value->name + " is not the last value of its cell";
    }
    return "";
  }

 private:
  std::string about(const Event& e, const char* what) const { return e.site + " " + what; }
  bool holds(const Term& t) const { return t == nullptr || value_in(x_, t) != 0; }
  Atom value(int id) const { return x_.values[id]; }
  bool writes(const Event& e) const { return e.act == Act::write && x_.happened[e.id]; }
  bool same(const CellTerm& a, const CellTerm& b) const {
    return a.field == b.field && value_in(x_, a.object) == value_in(x_, b.object) &&
           value_in(x_, a.index) == value_in(x_, b.index);
  }
  bool before(int a, int b) const {
    return std::ranges::find(x_.order, std::pair{a, b}) != x_.order.end();
  }

  bool reads(const Event& r) const {
    const auto from = x_.reads_from.find(r.id);
    if (from == x_.reads_from.end()) return false;
    const Event& w = program_.events[from->second];
    return writes(w) && same(w.cell, r.cell) && value(w.id) == value(r.id);
  }

  /// One before the other, the initial write first, and nothing between them the wrong way round.
  bool ordered(const Event& a, const Event& b) const {
    const bool a_initial = a.thread == initial_thread, b_initial = b.thread == initial_thread;
    if (a_initial && b_initial) return true;
    const bool forth = before(a.id, b.id), back = before(b.id, a.id);
    if (forth == back || (a_initial && back) || (b_initial && forth)) return false;
    const int first = forth ? a.id : b.id, second = forth ? b.id : a.id;
    return std::ranges::all_of(x_.order, [&](const auto& pair) {
      return pair.first != second || before(first, pair.second);
    });
  }

  bool last(const Program::Final& f) const {
    return std::ranges::any_of(program_.events, [&](const Event& w) {
      if (!writes(w) || !same(w.cell, f.cell) || value(w.id) != value_in(x_, f.value)) return false;
      return std::ranges::none_of(x_.order, [&](const auto& p) { return p.first == w.id; });
    });
  }

  const Program& program_;
  const Execution& x_;
};

}  // namespace

std::string malformed(const Program& program, const Execution& execution) {
  return Check{program, execution}.run();
}

}  // namespace lockstep::orders
