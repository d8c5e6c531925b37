// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "machines/system.hpp"
#include "traces/trace.hpp"

namespace lockstep {

/// Two steps or more that lead from one state of a trace into the next.
struct Ambiguous {
  std::size_t step = 0;  ///< index in Trace::steps
  std::vector<Step> candidates;
};

/// Names the steps that a trace leaves unnamed: where one step alone leads from a state into the
/// next, it was that one. Where none does, the step stays unnamed, and replay() says so. Gives the
/// first place where several do.
std::optional<Ambiguous> infer_steps(Trace& trace, System& system);

}  // namespace lockstep
