// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lockstep/order.hpp"
#include "model/term.hpp"

namespace lockstep {

/// A cell as the code names it: field `field` of the object that `object` evaluates to, and
/// for an array field the element `index` (else null).
struct CellTerm {
  std::string kind;   ///< "Vma", "Mm", ...
  std::string field;  ///< the TLA+ variable: "vm_refcnt"
  Term object;
  Term index;
};

/// A write of a group of plain writes that nobody sees half done.
struct GroupWrite {
  CellTerm cell;
  Term value;
};

/// A value that a task reads privately of a field that nobody else may change now.
struct Peek {
  std::string name;  ///< the variable in conditions and terms
  CellTerm cell;
  Term when = nullptr;  ///< of an edge: what was decided before it; null: nothing
};

/// `vm_refcnt[vma]`; "" where there is no cell.
std::string cell_text(const CellTerm& cell, const Symbols& symbols);

/// One program point of a task. The value that its cell held before is the variable `@`.
struct Node {
  enum class Type : std::uint8_t {
    site,   ///< an access: the task stops before it
    point,  ///< a named place where the task stops to choose; performs nothing
    fence,  ///< orders accesses, changes nothing: no stop, no TLA+ action
  };
  // Compiled once: each call of each form of a protocol makes a node and hands it on.
  Node();
  Node(const Node&);
  Node(Node&&) noexcept;
  ~Node();
  Node& operator=(const Node&);
  Node& operator=(Node&&) noexcept;

  std::string name;
  Type type = Type::site;
  Kind kind = Kind::load;
  Order order = Order::plain;
  CellTerm cell;  ///< empty kind where there is none (group, fence, rcu)
  Term guard;     ///< enabled iff this holds (over locals and `@`); null = always
  /// What the kernel's model knows an access as besides its order: a spinlock's lock or unlock, a
  /// read-modify-write whose value nobody gets.
  bool spinlock = false, noreturn = false;
  bool every = false;  ///< the guard holds of every element of the array field: no index
  Term new_value;      ///< what a store, rmw or lock writes (over locals and `@`); null for a load
  Term writes_if;  ///< an rmw that fails writes nothing and orders nothing; null = always writes
  std::vector<GroupWrite> group;
  std::vector<Peek> also;  ///< plain loads in the same step, before the access
  std::string result;      ///< the named local that receives `@`, or ""
};

/// A choice on the way from one node to the next: the step's next argument, a fresh variable
/// (`arg0`, `arg1`) that may be mentioned until the task stops. A mere branch has no variable: it
/// is two edges whose conditions both hold.
struct Choice {
  std::string name;
  std::vector<Atom> domain;  ///< what it may be
};

/// Private work between two nodes. `condition`, `updates` speak of the locals before the edge,
/// of `@` (the value read at `from`), and of the choices and peeks of the edge itself.
struct AutomatonEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::vector<Choice> choices;
  std::vector<Peek> peeks;
  Term condition;  ///< null = always
  struct Update {
    std::string local;
    Term value;
  };
  std::vector<Update> updates;  ///< simultaneous; a local not named keeps its value
};

/// The site automaton of one role's task, extracted from the reference itself.
struct Automaton {
  std::string role;                 ///< "reader", "writer"
  std::vector<std::string> locals;  ///< the named locals, dead at the start; and the arguments
  /// The numbers that stay open: terms mention them by name. With what they are in the model.
  std::map<std::string, Atom> parameters = {};
  std::uint32_t start = 0;
  std::vector<Node> nodes;
  std::vector<AutomatonEdge> edges;
};

/// The point or fence from which a task can come back to it without a site on the way: it would
/// take no step for ever. "" if there is none, as it should be.
std::string circle(const Automaton& automaton);

/// A term of the automaton, or the automaton, with the model's values in the place of what stays
/// open.
Term with_values(const Term& term, const Automaton& automaton);
Automaton with_values(Automaton automaton);

}  // namespace lockstep
