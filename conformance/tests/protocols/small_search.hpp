// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "machines/protocol.hpp"

namespace lockstep {

/// What a search by levels has found. It goes no further than the first level with a violation, and
/// does all of that, so that the result does not depend on the order of steps.
struct Found {
  std::uint64_t states = 0, transitions = 0;
  std::uint32_t steps = 0;         ///< of the shortest behaviours that violate something
  std::set<std::string> violated;  ///< by one of them: monitors, and "Fault"
  friend bool operator==(const Found&, const Found&) = default;
};

/// Breadth first, states by the VIEW, at most so many. With no monitors it sees faults alone.
Found small_search(System& system, const std::vector<Monitor>& monitors,
                   const std::vector<StepMonitor>& step_monitors, std::uint64_t max_states);

}  // namespace lockstep
