// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "orders/encode/communication.hpp"
#include "orders/encode/encode.hpp"
#include "orders/encode/evaluate.hpp"
#include "orders/encode/fault.hpp"

namespace lockstep::orders {

/// One program under one model in the solver, to be asked several things.
class Encoding {
 public:
  Encoding(const Program& program, const MemoryModel& model, const Limits& limits);

  /// Literals for the orders of open sites, to be had before `build`.
  Lit open_order(int site, Order order);
  /// Asserts the executions that the model allows. Throws Undecided.
  void build();
  Lit forbidden() { return values_.condition(program_.forbidden); }
  /// Of each flag of the model: a literal that is true iff the execution raises it.
  std::vector<std::pair<std::string, Lit>> flags();
  /// Of each flag: the pairs of events that raise it, each with a literal that is true iff it does.
  std::vector<std::pair<std::string, Evaluator::Ref>> flagged();
  /// True iff some read that happens has no cell to read from; in closed memory, some access.
  Lit stray() const { return communication_.stray(); }
  /// Some read that happens may have no cell: which; or why that is not known. Empty = none may.
  /// In closed memory it is the fault of the program, if it has one.
  std::string strays();
  /// What `strays` found, of closed memory.
  const std::optional<Fault>& fault() const { return fault_; }
  /// Why a `never` would say nothing, or is not known to say something: a stray read, or no
  /// execution at all in which `also` holds. Empty = it does.
  std::string vacuous(std::vector<Lit> also = {});
  static constexpr const char* no_execution = "no execution at all ends within the bounds";

  using Result = Solver::Result;
  Result check(const std::vector<Lit>& wanted) { return clauses_.check(wanted); }
  std::string gave_up() { return clauses_.solver().reason(); }
  /// Of the assumptions of the last check, those that contradict the rest.
  std::vector<Lit> core() { return clauses_.solver().core(); }
  /// The execution found by the last check, calculated once more without the solver: one that is
  /// none, that the model does not allow, or that does not end as asked (forbidden, not forbidden,
  /// or either) is an error of ours. `open` are the orders of open sites.
  Execution witness(std::optional<bool> forbidden, std::set<std::pair<int, Order>> open = {});
  std::size_t clauses() const { return clauses_.size(); }

 private:
  const Program& program_;
  const MemoryModel& model_;
  Limits limits_;
  Clauses clauses_;
  Values values_;
  Communication communication_;
  Communication::OpenOrders open_;
  Base base_;
  std::optional<Fault> fault_;
  std::optional<Evaluator> evaluator_;  ///< what the axioms have built, the flags use again
};

}  // namespace lockstep::orders
