// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "liveness/lasso.hpp"

namespace lockstep::liveness {

/// steps[i] leads from states[i] to states[i + 1]. From state `back_to` on all comes again; up to
/// what the VIEW shows, the last state is that one.
struct Behaviour {
  std::vector<State> states;
  std::vector<Step> steps;
  std::size_t back_to = 0;
};

/// Takes the steps of a lasso. Throws Undecided where a state does not have a step that another one
/// of the same VIEW has: then the VIEW is wrong, and with it the graph.
Behaviour follow(System& system, Asked& asked, const Graph& graph, const Lasso& lasso);

}  // namespace lockstep::liveness
