// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders {

/// A cell without an object: a shared variable of a litmus test.
inline CellTerm shared(std::string name) {
  return {"", std::move(name), nullptr, nullptr};
}

/// The initial value of a cell. Every cell that a program reads needs one.
void initially(Program& program, CellTerm cell, Term value);

/// Appends the events of one thread, in program order, deriving guards and dependencies.
/// Branches are bodies (`enter`, `leave`) or, for a tree, saved and restored positions.
class ThreadBuilder {
 public:
  ThreadBuilder(Program& program, const std::string& name);

  Term read(const std::string& site, CellTerm cell, Order order);
  void write(const std::string& site, CellTerm cell, Term value, Order order);
  /// `value` and `writes_if` (null = always) speak of `@`, the value read, which is returned.
  Term rmw(const std::string& site, CellTerm cell, Order order, const Term& value,
           const Term& writes_if = nullptr);
  /// smp_store_mb(): a marked write, then a full barrier.
  void store_mb(const std::string& site, CellTerm cell, Term value);
  void fence(const std::string& site, Order order);
  void rcu_lock(const std::string& site);
  void rcu_unlock(const std::string& site);
  void grace(const std::string& site);
  /// Of the SRCU domain that `domain` names. Returns the index, of which nothing is known; it must
  /// flow into the unlock.
  Term srcu_lock(const std::string& site, CellTerm domain);
  void srcu_unlock(const std::string& site, CellTerm domain, Term index);
  void srcu_grace(const std::string& site, CellTerm domain);
  /// Only executions in which this holds, if the thread gets here, are considered.
  void assume(const Term& condition);

  /// The body of `if (condition)`: its events happen only then, and depend on it.
  void enter(const Term& condition);
  void leave();

  /// How deep the thread stands in RCU sections, which may depend on branches taken before.
  struct RcuNesting {
    Term when = term::constant(1);
    int section = -1;  ///< the open outermost lock
    int depth = 0;
    bool operator==(const RcuNesting&) const = default;
  };
  /// Where the thread stands: all that the next event inherits.
  struct Position {
    int last = -1;
    Term guard = term::constant(1);
    std::vector<Dependency> control;
    std::vector<RcuNesting> rcu{RcuNesting{}};  ///< one of them holds
  };
  Position& position() { return position_; }
  /// After both sides of `if (condition)`: one stood in `taken` at its end, the other stands here.
  void join_rcu(const Term& condition, std::vector<RcuNesting> taken);
  /// The event made last (of a read-modify-write its write half), to add marks to.
  Event& last() { return program_.events[position_.last]; }
  Program& program() { return program_; }

 private:
  void tidy_rcu();
  int append(Act act, const std::string& site, Order order);
  int access(Act act, const std::string& site, CellTerm cell, Order order);

  Program& program_;
  int thread_;
  Position position_;
  std::vector<std::pair<Term, std::vector<Dependency>>> bodies_;
};

}  // namespace lockstep::orders
