// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "lockstep/order.hpp"
#include "model/automaton.hpp"

namespace lockstep::orders {

/// What an event of an execution graph is. A read-modify-write is two events, a read and a write
/// that name each other as `partner`; the write happens only where the operation succeeds.
enum class Act : std::uint8_t { read, write, fence, rcu_lock, rcu_unlock, grace };

constexpr std::string_view name_of(Act act) {
  constexpr std::string_view names[] = {"R", "W", "F", "rcu_lock", "rcu_unlock", "grace"};
  return names[static_cast<std::size_t>(act)];
}

/// Event `read` flows into an address, a value or a branch, in the executions where `when` holds.
struct Dependency {
  int read = -1;
  Term when;  ///< null = wherever both events happen
};

inline constexpr int initial_thread = -1;

struct Event {
  int id = -1;
  Act act = Act::read;
  Order order = Order::plain;
  int thread = initial_thread;
  int previous = -1;  ///< the event before it in its thread: a tree, where a thread was unrolled
  int partner = -1;   ///< the other half of a read-modify-write; of an RCU unlock, its lock
  bool in_rmw = false;
  std::string site;
  CellTerm cell;  ///< of a read or write
  Term value;     ///< read: its own variable; write: what it writes
  Term guard;     ///< it happens iff this holds
  std::vector<Dependency> address, data, control;
};

/// The variable that stands for what event `id` reads, in every term of the program.
inline Term read_value(const std::string& site, int id) {
  return term::variable(site, id + 1);
}

/// Threads of guarded events over shared cells, and a question about how they end.
struct Program {
  std::string name;
  std::vector<std::string> threads;
  std::vector<Event> events;      ///< initial writes are events of `initial_thread`
  std::vector<Term> choices;      ///< variables that no event reads, of version 0
  std::vector<Term> assumptions;  ///< executions that break one of them are not considered
  Term forbidden;                 ///< may the program end like this?
  /// What `forbidden` speaks of, with the condition under which it is there at all.
  struct Mention {
    std::string name;
    Term exists;
  };
  std::vector<Mention> mentions;
};

/// The reads whose variables occur in a term; the branches of an `ite` under its condition.
std::vector<Dependency> reads_of(const Term& term, const Program& program);
/// Do the two accesses name the same cell? A constant where that is known without solving.
Term same_cell(const CellTerm& a, const CellTerm& b);
/// Is `a` before `b` in the same thread (on the same branch of a tree)?
bool precedes(const Program& program, int a, int b);
std::string text(const CellTerm& cell, const Symbols& symbols);  ///< `vm_refcnt[v1]`
std::string text(const Event& event, const Symbols& symbols);
std::string text(const Program& program, const Symbols& symbols);

}  // namespace lockstep::orders
