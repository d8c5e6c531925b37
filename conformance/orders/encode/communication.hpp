// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "orders/encode/base.hpp"
#include "orders/encode/values.hpp"

namespace lockstep::orders {

/// What the solver is free to choose: which writes are read from, and in which order a cell is
/// written. Everything else follows.
class Communication {
 public:
  using OpenOrders = std::map<std::pair<int, Order>, Lit>;
  Communication(const Program& program, Values& values, Clauses& clauses);
  /// The literals of the orders of open sites; before `base`.
  void open(OpenOrders orders) { open_ = std::move(orders); }

  /// `sorted`: of threads that can change places, one order.
  Base base(bool sorted);
  /// A literal that is true iff some read that happens has no cell to read from; in closed memory,
  /// iff some access that happens is to no cell.
  Lit stray() const { return stray_; }
  /// Of the assignment that the solver has found.
  std::string describe_stray();
  Execution execution();

 private:
  Lit same(int a, int b);
  void strays();
  void reads();
  void writes();
  void finals();
  void grounded();
  void sort_threads();
  bool exclusive(int a, int b) const;

  const Program& program_;
  Values& values_;
  Clauses& clauses_;
  std::vector<std::vector<bool>> ordered_;  ///< po
  std::vector<Lit> happens_;
  std::vector<Lit> same_;      ///< of two events, by a * events + b; 0 = not asked yet
  std::map<int, Lit> strays_;  ///< by access
  Lit stray_ = lit_false;
  Relation rf_, co_;
  OpenOrders open_;
};

}  // namespace lockstep::orders
