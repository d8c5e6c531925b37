// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "orders/encode/base.hpp"
#include "orders/models/model.hpp"

namespace lockstep::orders {

/// A model with one thing taken out of it.
struct Mutant {
  std::string name;  ///< `kept without lock_passed & internal`, `axiom rcu`
  MemoryModel model;
  ExprPtr dropped;  ///< null: an axiom
};

/// Each axiom dropped, each definition made empty; each alternative of each union dropped, and each
/// subtrahend, however deep it stands.
std::vector<Mutant> mutants(const MemoryModel& model);

/// What a model can make of the events of a program in any execution at all, and more.
class Possible {
 public:
  Possible(const Program& program, const MemoryModel& model);
  /// Can it hold of anything? If not, a model with it and one without it judge the program alike.
  bool may_hold(const ExprPtr& e);

 private:
  Clauses dry_;
  Base base_;
  Evaluator evaluator_;
};

/// As it would stand in a model.
std::string text(const Expr& e);

}  // namespace lockstep::orders
