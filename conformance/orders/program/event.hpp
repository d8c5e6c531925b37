// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lockstep/order.hpp"
#include "model/automaton.hpp"

namespace lockstep::orders {

/// What an event of an execution graph is. A read-modify-write is two events, a read and a write
/// that name each other as `partner`; the write happens only where the operation succeeds.
enum class Act : std::uint8_t {
  read,
  write,
  fence,
  rcu_lock,
  rcu_unlock,
  grace,
  srcu_lock,
  srcu_unlock,
  srcu_grace
};

constexpr std::string_view name_of(Act act) {
  constexpr std::string_view names[] = {
      "R", "W", "F", "rcu_lock", "rcu_unlock", "grace", "srcu_lock", "srcu_unlock", "srcu_grace"};
  return names[static_cast<std::size_t>(act)];
}

/// What an event is besides its order: bits, each a base set of the models.
enum class Mark : std::uint16_t {
  lock = 1,           ///< both halves of spin_lock()
  unlock = 2,         ///< spin_unlock()
  noreturn = 4,       ///< a read-modify-write whose value the program does not get
  before_atomic = 8,  ///< fences: smp_mb__before_atomic() and so on
  after_atomic = 16,
  after_spinlock = 32,
  after_unlock_lock = 64,
  after_srcu_unlock = 128,
  compiler = 256,  ///< barrier()
  c11 = 512,       ///< of a C11 program: `full` is memory_order_seq_cst, `plain` non-atomic
};
inline constexpr std::pair<Mark, std::string_view> mark_names[] = {
    {Mark::lock, "lock"},
    {Mark::unlock, "unlock"},
    {Mark::noreturn, "noreturn"},
    {Mark::before_atomic, "before_atomic"},
    {Mark::after_atomic, "after_atomic"},
    {Mark::after_spinlock, "after_spinlock"},
    {Mark::after_unlock_lock, "after_unlock_lock"},
    {Mark::after_srcu_unlock, "after_srcu_unlock"},
    {Mark::compiler, "compiler"},
    {Mark::c11, "c11"}};

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
  std::uint16_t marks = 0;  ///< bits of `Mark`
  bool has(Mark m) const { return (marks & static_cast<std::uint16_t>(m)) != 0; }
  /// Of the read half of a read-modify-write that may fail: its order there, where it has one of
  /// its own (C11); else `order`, and the model says what a failure is worth.
  std::optional<Order> order_if_failed;
  int open = -1;  ///< index into Program::open: the order is not fixed, `order` is the weakest
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
  /// The last value of a cell, as a variable (of version 0) that the terms above may name.
  struct Final {
    CellTerm cell;
    Term value;
  };
  std::vector<Final> finals;
  /// Sites whose order is asked for. Every event of such a site is in the sets of the orders above
  /// its weakest one under literals (`atoms_of`), which a placement makes true or false.
  struct Open {
    std::string site;
    Kind kind = Kind::load;  ///< load, store, rmw, fence or ctrl_acquire
  };
  std::vector<Open> open;
  /// What `forbidden` speaks of, with the condition under which it is there at all.
  struct Mention {
    std::string name;
    Term exists;
  };
  std::vector<Mention> mentions;
  /// The initial writes are all of memory: an access to anything else, through a null pointer or
  /// behind an array's end, is an error of the program. Else it is a read of what the question
  /// gives no value.
  bool closed = false;
};

/// The orders out of which all others of a kind are joined: a load's {acquire}, a store's
/// {release}, a fence's {rmb, wmb, mb}, {acquire} behind a branch, a read-modify-write's {acquire,
/// release, full}. `mb` and `full` stand above both others of their kind.
std::span<const Order> atoms_of(Kind kind);

/// The reads whose variables occur in a term; the branches of an `ite` under its condition.
std::vector<Dependency> reads_of(const Term& term, const Program& program);
/// Do the two accesses name the same cell? A constant where that is known without solving.
Term same_cell(const CellTerm& a, const CellTerm& b);
/// Is `a` before `b` in the same thread (on the same branch of a tree)?
bool precedes(const Program& program, int a, int b);
/// The same of all pairs: `ordered[a][b]`.
std::vector<std::vector<bool>> program_order(const Program& program);
/// An order as the program of the event calls it: `full` is seq_cst in C11.
std::string_view spoken(const Event& event, Order order);
std::string text(const CellTerm& cell, const Symbols& symbols);  ///< `vm_refcnt[v1]`
std::string text(const Event& event, const Symbols& symbols);
std::string text(const Program& program, const Symbols& symbols);

}  // namespace lockstep::orders
