// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "machines/world.hpp"
#include "model/automaton.hpp"

namespace lockstep {

/// Everything that an automaton says, in words: two nodes or edges with one text are the same. An
/// object that is chosen is said by its kind, so a text does not depend on a model's size.
std::string text(const Node& node, const Symbols& symbols);
std::string text(const AutomatonEdge& edge, const Automaton& automaton, const World& world);

/// What one of two automata says and the other does not, in words. Each is of its own world: the
/// same code in models of two sizes has the same automaton, unless it depends on the size.
std::optional<std::string> difference(const Automaton& a, const World& world_of_a,
                                      const Automaton& b, const World& world_of_b);

}  // namespace lockstep
