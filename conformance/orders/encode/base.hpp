// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "orders/encode/evaluate.hpp"
#include "orders/encode/execution.hpp"

namespace lockstep::orders {

/// Where the literals of a base come from: the solver, or one known execution.
struct Facts {
  Clauses& clauses;
  std::vector<Lit> happens;                ///< by event
  std::function<Lit(const Term&)> holds;   ///< a condition, in executions where its reads happen
  std::function<Lit(int, int)> same_cell;  ///< do two accesses name one cell, where both happen?
  /// Of an open site (by index) and an order: the literal under which its events have it. Absent =
  /// never.
  std::map<std::pair<int, Order>, Lit> open = {};
};

/// All base sets and relations of a program except rf and co.
Base make_base(const Program& program, Facts& facts);
/// All of them for one known execution, for a dry evaluation.
Base base_of(const Program& program, const Execution& execution);

}  // namespace lockstep::orders
