// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "machines/system.hpp"
#include "traces/trace.hpp"

namespace lockstep {

/// The first place where a trace is not a behaviour of the reference.
struct ReplayDifference {
  std::size_t step = 0;  ///< index of the step, from 1; 0 = the initial state
  State before, specification;
  std::optional<State> reference;  ///< none where the reference does not take the step
  std::string refused;             ///< why not, and what it would do instead
};

/// Takes the steps of a trace on a system and compares every variable after each, exactly: here the
/// VIEW is not applied.
std::optional<ReplayDifference> replay(const Trace& trace, System& system);

}  // namespace lockstep
