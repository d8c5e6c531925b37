// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/needed_dependencies.hpp"

#include <algorithm>

#include "orders/placements/fixed.hpp"

namespace lockstep::orders {

std::set<std::string> needed_dependencies(const Opened& question,
                                          const std::set<std::string>& not_of_tasks,
                                          const MemoryModel& model, const Limits& limits) {
  const Program program = with_orders(question.program, question.lattice, question.declared);
  const auto name = [&](int read) {
    const Event& e = program.events[read];
    return program.threads[e.thread] + "." + e.site;
  };
  std::set<std::string> candidates, out;
  for (const Event& e : program.events) {
    if (e.thread == initial_thread || not_of_tasks.contains(program.threads[e.thread])) continue;
    for (const auto* all : {&e.address, &e.data, &e.control}) {
      for (const Dependency& d : *all) candidates.insert(name(d.read));
    }
  }
  for (const std::string& candidate : candidates) {
    Program without = program;
    for (Event& e : without.events) {
      for (auto* all : {&e.address, &e.data, &e.control}) {
        std::erase_if(*all, [&](const Dependency& d) { return name(d.read) == candidate; });
      }
    }
    if (decide(without, model, limits).outcome == Outcome::reachable) out.insert(candidate);
  }
  return out;
}

}  // namespace lockstep::orders
