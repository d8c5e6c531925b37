// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/automaton.hpp"
#include "unbounded/prove.hpp"

namespace lockstep::testing {

/// What the prover's queries say of the ways on which some automata differ from those that are
/// proved: the first that is not answered "no". The others are the same queries again.
struct Queries {
  enum class Answer { proved, open, unknown, refused } answer = Answer::proved;
  std::string where;     ///< edge and conjunct; or why it is not understood
  std::size_t ways = 0;  ///< that differ
};
Queries ask(const unbounded::Question& proved, const std::vector<Automaton>& changed,
            unsigned milliseconds);

/// What exploring a mutant's automata finds: a property of the question that is violated, or a
/// fault, with the size of the model; "" if nothing is wrong in any.
std::string explored(const unbounded::Question& question, const std::string& mutant,
                     const std::vector<std::string>& sizes);

/// Why a mutant is harmless: its steps in a model are the reference's, or some of them; or the site
/// of the first that the reference does not take, and that the properties allow.
std::string compared(const std::string& mutant, const std::string& size);

}  // namespace lockstep::testing
