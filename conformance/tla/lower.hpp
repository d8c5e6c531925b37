// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "tla/compile.hpp"

namespace lockstep::tla {

/// A number in `Lowered::nodes`.
using NodeId = std::uint32_t;

/// What an expression does on states, with every quantifier unrolled. Equal nodes are one node.
struct LowNode {
  enum class Op : std::uint8_t {
    constant,   ///< `atom`
    slot,       ///< slot `atom` of the state
    cell,       ///< of `cells` at the keys `args`: at least one of them depends on the state
    no_cell,    ///< stops: applied outside of its domain
    undefined,  ///< stops: its source says why
    negation,
    conjunction,
    disjunction,
    same,    ///< of two truth values: <=>
    equal,   ///< of atoms
    strict,  ///< of two kinds: stops unless one of them is a model value
    in,      ///< is args[0] one of the symbols of set `atom`?
    is_number,
    less,
    less_equal,
    add,
    subtract,
    multiply,
    modulo,
    choice,  ///< IF args[0] THEN args[1] ELSE args[2]
    count,   ///< how many of args hold
  };
  Op op = Op::constant;
  Kind kind = Kind::boolean;
  bool primed = false;
  Atom atom = 0;
  const Cells* cells = nullptr;
  std::vector<NodeId> args;
};

/// Lowers what a Compiler has compiled. Conditions that constants decide are decided, as TLC would:
/// what comes before the deciding one is still looked at, because it may stop.
class Lowered {
 public:
  explicit Lowered(std::size_t frames) : frame_(frames) {}

  /// `bound`: the values of the variables that are bound outside of the expression, in their order.
  /// Throws InputError if it is too large with its quantifiers unrolled.
  NodeId lower(const Code& code, const std::vector<Atom>& bound);

  /// The node where the state after is the state before.
  NodeId staying(NodeId id);
  bool is(NodeId id, bool value) const {
    return is_constant(id) && (nodes_[id].atom != 0) == value;
  }

  /// Has it a value in every state?
  bool is_total(NodeId id) const;

  const LowNode& operator[](NodeId id) const { return nodes_[id]; }
  std::size_t size() const { return nodes_.size(); }
  /// For messages.
  const Expression& source(NodeId id) const { return *sources_[id]; }
  /// The members of a set that `LowNode::in` names: ascending.
  const std::vector<Atom>& set(Atom id) const { return sets_[static_cast<std::size_t>(id)]; }

 private:
  NodeId build(const Code& code);
  NodeId variable(const Code& code);
  NodeId over(const Code& code);
  NodeId make(LowNode node);
  NodeId constant(Atom atom, Kind kind);
  NodeId negation(NodeId a);
  NodeId junction(LowNode::Op op, const std::vector<NodeId>& args);
  NodeId equal(const Code& code, NodeId a, NodeId b);
  NodeId member(NodeId a, std::vector<Atom> set);
  bool is_constant(NodeId id) const { return nodes_[id].op == LowNode::Op::constant; }
  bool are_total(const std::vector<NodeId>& ids) const;
  /// The set of symbols that the node says args[0] is in; false if it says something else.
  bool as_set(NodeId id, NodeId& of, std::vector<Atom>& set) const;

  std::vector<LowNode> nodes_;
  std::vector<const Expression*> sources_;
  std::map<std::tuple<LowNode::Op, Kind, bool, Atom, const Cells*, std::vector<NodeId>>, NodeId>
      known_;
  std::vector<std::vector<Atom>> sets_;
  std::map<std::vector<Atom>, Atom> set_numbers_;
  std::vector<Atom> frame_;
  const Expression* here_ = nullptr;
};

}  // namespace lockstep::tla
