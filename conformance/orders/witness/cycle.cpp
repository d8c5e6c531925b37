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
      out.push_back({from, "...", from, to});
      return;
    }
    std::vector<CycleStep> way;
    for (int b = to; b != from || way.empty(); b = before[b]) {
      way.push_back({before[b], step(before[b], b), from, to});
    }
    out.insert(out.end(), way.rbegin(), way.rend());
  }

 private:
  /// How `a` comes before `b` at once; empty where it does not.
  std::string step(int a, int b) const {
    const auto source = [this](int e) {
      const auto w = x_.reads_from.find(e);
      return w == x_.reads_from.end() ? -1 : w->second;
    };
    const auto ordered = [this](int first, int second) {
      return std::ranges::find(x_.order, std::pair{first, second}) != x_.order.end();
    };
    if (precedes(program_, a, b)) return "po";
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

void find_causes(std::vector<CycleStep>& steps, const Program& judge, const Execution& execution,
                 const Breach& against) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    CycleStep& step = steps[i];
    if (step.to_next != "po") continue;
    const int next = steps[(i + 1) % steps.size()].event;
    step.cause = cause_of(judge, execution, against, step.event, next, step.from, step.to);
    if (step.cause.kind == Cause::Kind::fence) step.to_next = judge.events[step.cause.event].site;
  }
}

}  // namespace lockstep::orders
