// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "machines/world.hpp"
#include "model/automaton.hpp"

namespace lockstep::testing {

/// The reference with one mistake in it, as the site automata of all roles.
struct Mutant {
  std::string name;  ///< "skip A -> B", "move A past B"
  std::vector<Automaton> automata;
};

/// The automata without fences: in an interleaving nobody sees one, and a site can be moved past
/// it.
std::vector<Automaton> without_fences(const std::vector<Automaton>& automata);

/// Every site left out, as if one of the ways behind it had been taken: one mutant for each way.
/// What would have received its result keeps the value that it had. The only site of a round is not
/// left out.
std::vector<Mutant> skipped_sites(const std::vector<Automaton>& automata);

/// Every site moved past the next one, where that one uses neither its result nor a local that is
/// set between the two. Several forms, because a state knows no more than the next site's name:
///   move A past B        the way from A to B and behind is straight
///   hoist B above A      A branches; B is done first, on all of A's ways
///   sink A past B -> C   B branches; A is done on the way to C alone
///   delay A past B       B is reached otherwise too; A is done behind it on those ways as well
///   delay A past B -> C  ... and B branches
std::vector<Mutant> moved_sites(const std::vector<Automaton>& automata);

/// One mistake in what is written, compared or kept: a comparison that always or never holds, or
/// whose bound is one off; a number beside the right one; another local of the same kind; a local
/// that keeps its value; a write of a group that is left out. A comparison is changed wherever the
/// step asks it, as a mistake in the code would.
std::vector<Mutant> changed_terms(const World& world, const std::vector<Automaton>& automata);

/// Pairs of neighbours that are left alone, each with the reason: "A, B: both branch".
std::vector<std::string> unmoved_sites(const std::vector<Automaton>& automata);

}  // namespace lockstep::testing
