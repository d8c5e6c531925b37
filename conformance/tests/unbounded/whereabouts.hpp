// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace lockstep::testing {

/// A table of PROOF.md that says what may be, by where an object is; by whereabouts/PROTOCOL.txt.
struct WhereaboutsTable {
  struct Claim {
    std::string name, says;  ///< of the object; with a prime of a step
  };
  std::string heading;
  std::string side, place, words;  ///< titles of columns
  std::string inside, outside;     ///< what the first of them says where the split holds
  std::vector<std::string> sizes;  ///< of models that come to each
  std::string object;              ///< "v \in Vmas"
  std::string split, at, nowhere;  ///< formulas; SITE in `at`
  std::vector<Claim> claims;
  /// The words of a row, and which claims they make.
  std::map<std::string, std::set<std::size_t>> vocabulary;

  /// Of the protocol whose proof these tests are about.
  static const WhereaboutsTable& of_proved();
};

/// An object by where it is: the task's place, "" if it is at no task's hand; does the split hold?
using Whereabouts = std::pair<std::string, bool>;

/// What is known of such an object, claim by claim.
struct Known {
  std::set<std::size_t> shown;     ///< by the solver, from the invariant, for any number
  std::set<std::size_t> violated;  ///< by a state, or a step, of a small model
};

/// Of every whereabouts that the models come to.
std::map<Whereabouts, Known> known_of(const WhereaboutsTable& table);

}  // namespace lockstep::testing
