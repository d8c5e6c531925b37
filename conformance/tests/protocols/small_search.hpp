// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "explore/spec_properties.hpp"
#include "machines/system.hpp"

namespace lockstep {

/// What a search by levels has found. It goes no further than the first level with a violation, and
/// does all of that, so that the result does not depend on the order of steps.
struct Found {
  std::uint64_t states = 0, transitions = 0;
  std::uint32_t steps = 0;         ///< of the shortest behaviours that violate something
  std::set<std::string> violated;  ///< by one of them; and "Fault"
  friend bool operator==(const Found&, const Found&) = default;
};

/// Breadth first, states by the VIEW, at most so many. Without properties it sees faults alone.
Found small_search(System& system, SpecProperties* properties, std::uint64_t max_states);

}  // namespace lockstep
