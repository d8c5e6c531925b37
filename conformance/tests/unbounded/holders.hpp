// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lockstep::testing {

/// What can be said of who holds a VMA's count.
enum Claim : std::size_t {
  nobody,      ///< holds it
  nobody_new,  ///< takes it, in this step
  no_use,      ///< who holds it has not passed the checks that allow to use the VMA
  claims
};

/// A VMA by where its writer is: the writer's place, "" if it is at no writer's hand; and whether a
/// tree has it.
using Whereabouts = std::pair<std::string, bool>;

/// What is known of the readers of such a VMA.
struct Known {
  std::array<bool, claims> shown{};     ///< by the solver, from the invariant, for any number
  std::array<bool, claims> violated{};  ///< by a state, or a step, of a small model
};

/// Of every whereabouts that models of these sizes come to.
std::map<Whereabouts, Known> known_of_holders(const std::vector<std::string>& sizes);

}  // namespace lockstep::testing
