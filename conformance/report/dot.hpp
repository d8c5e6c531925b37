// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/automaton.hpp"
#include "model/graph.hpp"

namespace lockstep::report {

/// Site automata for Graphviz, as one graph with a cluster a role: a node a site with its access
/// and order, an edge with its choices, condition and updates. A dashed edge goes back to the
/// start.
std::string dot(const std::vector<Automaton>& automata, const std::string& title,
                const Symbols& symbols);

/// A small graph of states: a node shows what differs from its first predecessor. Throws
/// Undecided above `most` states, which nobody could look at.
std::string dot(const LabelledGraph& graph, const Layout& layout, std::size_t most = 500);

}  // namespace lockstep::report
