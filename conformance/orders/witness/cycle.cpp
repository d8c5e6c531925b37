// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/witness/cycle.hpp"

#include <algorithm>
#include <deque>

namespace lockstep::orders {

namespace {

class Ways {
 public:
  Ways(const Program& program, const Execution& execution) : program_{program}, x_{execution} {}

  /// Appends the steps of a shortest way, without its end, which may be where it began.
  void append(std::vector<CycleStep>& out, int from, int to) const {
    std::map<int, int> before;
    std::deque<int> next{from};
    bool found = false;
    while (!next.empty() && !found) {
      const int a = next.front();
      next.pop_front();
      for (const Event& e : program_.events) {
        if (!x_.happened[e.id] || e.thread == initial_thread || step(a, e.id).empty()) continue;
        found = found || e.id == to;
        if (before.try_emplace(e.id, a).second) next.push_back(e.id);
      }
    }
    if (!found) {
      out.push_back({from, "...", -1});
      return;
    }
    std::vector<CycleStep> way;
    for (int b = to; b != from || way.empty(); b = before[b]) {
      way.push_back({before[b], step(before[b], b), fence(before[b], b)});
    }
    out.insert(out.end(), way.rbegin(), way.rend());
  }

 private:
  /// The fence between two events of a thread, or -1.
  int fence(int a, int b) const {
    if (!precedes(program_, a, b)) return -1;
    for (int e = program_.events[b].previous; e != a; e = program_.events[e].previous) {
      const Event& between = program_.events[e];
      if (between.act == Act::fence && between.order != Order::none) return e;
    }
    return -1;
  }

  /// How `a` comes before `b` at once; empty where it does not.
  std::string step(int a, int b) const {
    const auto source = [this](int e) {
      const auto w = x_.reads_from.find(e);
      return w == x_.reads_from.end() ? -1 : w->second;
    };
    const auto ordered = [this](int first, int second) {
      return std::ranges::find(x_.order, std::pair{first, second}) != x_.order.end();
    };
    if (precedes(program_, a, b)) {
      const int between = fence(a, b);
      return between < 0 ? "po" : program_.events[between].site;
    }
    // What an RMW read, the others see by what it wrote.
    const Event& first = program_.events[a];
    const bool changes = first.in_rmw && first.act == Act::read && x_.happened[first.partner];
    const int written = changes ? first.partner : a;
    if (source(b) == written) return "rf";
    if (ordered(written, b)) return "co";
    return source(a) >= 0 && ordered(source(a), b) ? "fr" : "";
  }

  const Program& program_;
  const Execution& x_;
};

}  // namespace

std::vector<CycleStep> spelt_out(const Program& program, const Execution& execution,
                                 const std::vector<int>& cycle) {
  const Ways ways{program, execution};
  std::vector<CycleStep> out;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    const int next = cycle[(i + 1) % cycle.size()];
    ways.append(out, cycle[i], next);
  }
  return out;
}

}  // namespace lockstep::orders
