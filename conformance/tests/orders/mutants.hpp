// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "orders/model.hpp"

namespace lockstep::orders {

/// A model with one thing taken out of it.
struct Mutant {
  std::string name;  ///< `kept without lock_passed & internal`, `axiom rcu`
  MemoryModel model;
};

/// Each axiom dropped, each definition made empty, each alternative of each union dropped, however
/// deep it stands.
std::vector<Mutant> mutants(const MemoryModel& model);

/// As it would stand in a model.
std::string text(const Expr& e);

}  // namespace lockstep::orders
