// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "orders/encode/encode.hpp"

namespace lockstep::orders {

/// Of the executions that a model allows, in how many does `Program::forbidden` hold at the end?
enum class Observed { never, sometimes, always, unknown };

constexpr std::string_view name_of(Observed observed) {
  constexpr std::string_view names[] = {"Never", "Sometimes", "Always", "Unknown"};
  return names[static_cast<int>(observed)];
}

struct Observation {
  Observed verdict = Observed::unknown;
  std::optional<bool> race;  ///< a flag of the model is raised; absent: not decided
  std::string reason;        ///< of `unknown`, or of the race not decided
  bool empty = false;        ///< of `unknown`: no execution ends within the bounds at all
  /// `P1.L11 dereferences a null pointer`: some execution accesses what is no memory. The verdict
  /// is that of the other executions.
  std::string fault;
  std::optional<Execution> shows;   ///< an execution in which it holds
  std::optional<Execution> lacks;   ///< one in which it does not
  std::optional<Execution> racy;    ///< one that raises a flag
  std::optional<Execution> faulty;  ///< one that comes to the fault, up to there
  std::string flag;                 ///< the flag that it raises
  std::size_t events = 0, clauses = 0;
  double seconds = 0;
};

/// All of it with one encoding. `races` = ask also for the flags of the model.
Observation observe(const Program& program, const MemoryModel& model,
                    const Limits& limits = quick(), bool races = true);

}  // namespace lockstep::orders
