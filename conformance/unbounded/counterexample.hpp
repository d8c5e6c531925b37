// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "unbounded/structure.hpp"

namespace lockstep::unbounded {

/// The number of a counted set's members, with the name that it is shown by: Holders(v1) = 2.
struct ShownCount {
  std::string name;
  std::vector<z3::sort> sorts;  ///< of its arguments
  z3::func_decl count;
};

/// The state that a model of the solver shows, as far as it can be seen from the constants: one
/// line for each task and object, with what differs from nothing. Objects are called v1, v2, as in
/// models.
std::string describe(const Signature& signature, const Structure& state, const z3::model& model,
                     const std::vector<std::pair<std::string, z3::expr>>& constants,
                     const std::vector<ShownCount>& counts);

}  // namespace lockstep::unbounded
