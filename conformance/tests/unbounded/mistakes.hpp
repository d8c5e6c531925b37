// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "machines/world.hpp"
#include "model/automaton.hpp"
#include "tests/mutation/mutants.hpp"

namespace lockstep::testing {

/// Every single mistake of some kinds in the automata: a number one too great or too small, a
/// comparison turned round, a part of a condition left out, a condition negated or left out, a
/// write or an update left out, an access to the wrong object, a way left out or to the wrong
/// place. And the sites left out or moved, of tests/mutation. A mistake has the same name at every
/// size of the model.
std::vector<Mutant> mistakes(const World& world, const std::vector<Automaton>& automata);

}  // namespace lockstep::testing
