// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "orders/base.hpp"
#include "orders/values.hpp"

namespace lockstep::orders {

/// How the accesses of a program may communicate, as clauses: a read takes its value from some
/// write of its cell (rf), and the writes of a cell stand in some order (co).
class Communication {
 public:
  using OpenOrders = std::map<std::pair<int, Order>, Lit>;
  Communication(const Program& program, Values& values, Clauses& clauses)
      : program_{program}, values_{values}, clauses_{clauses} {}
  /// The literals of the orders of open sites; before `base`.
  void open(OpenOrders orders) { open_ = std::move(orders); }

  Base base();
  /// A literal that is true iff some read that happens has no cell to read from.
  Lit stray() const { return stray_; }
  std::string describe_stray(const z3::model& model);
  Execution execution(const z3::model& model);

 private:
  Lit same(int a, int b);
  void reads(Relation& rf);
  void writes(Relation& co);
  void finals();
  void grounded();
  bool exclusive(int a, int b) const;
  bool holds(const z3::model& model, Lit lit);

  const Program& program_;
  Values& values_;
  Clauses& clauses_;
  std::vector<Lit> happens_;
  std::map<std::pair<int, int>, Lit> same_;
  std::map<int, Lit> strays_;  ///< by read
  Lit stray_ = lit_false;
  Relation rf_, co_;
  OpenOrders open_;
};

}  // namespace lockstep::orders
