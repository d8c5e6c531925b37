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
  Communication(const Program& program, Values& values, Clauses& clauses)
      : program_{program}, values_{values}, clauses_{clauses} {}

  Base base();
  /// A literal that is true iff some read that happens has no cell to read from.
  Lit stray() const { return stray_; }
  std::string describe_stray(const z3::model& model);
  Execution execution(const z3::model& model);

 private:
  Lit same(int a, int b);
  void reads(Relation& rf);
  void writes(Relation& co);
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
};

}  // namespace lockstep::orders
