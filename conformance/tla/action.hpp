// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tla/function.hpp"
#include "tla/module.hpp"

namespace lockstep::tla {

/// `x'[keys] = value` of one cell, over the state before. What is not assigned keeps its value.
struct Assignment {
  std::string variable;
  std::vector<Expr> keys;  ///< constants
  Expr value;
};

/// What an action does. First all guards have to hold, in their order, over the state before: what
/// comes after one that does not is not looked at.
struct ActionTree {
  enum class Kind {
    either,  ///< all of `next`: it may do any of them; nothing, if there are none
    choose,  ///< next[0] where `condition` holds, else next[1]
    assign,  ///< a step: `assignments`, all at once
  };
  std::vector<Expr> guards;
  Kind kind = Kind::either;
  Expr condition;
  std::vector<ActionTree> next;
  std::vector<Assignment> assignments;
};

/// An action with its arguments: `Alloc_Slab(m1, s1, v2)`.
struct NamedAction {
  std::string name;
  std::vector<Expr> args;  ///< constants
  ActionTree tree;
  Place place;  ///< of its definition

  std::string text() const;
};

/// Reads what a module does at one size. Throws InputError with the place of what is not
/// understood: a variable that a step leaves without a value, a set without end, a function over
/// other keys than the variable's.
class ActionReader {
 public:
  /// All three are kept by reference.
  ActionReader(const Module& module, const Constants& constants, const Ground& ground)
      : module_(module), constants_(constants), ground_(ground) {}

  /// The definition, a disjunction of actions, as the actions that it is made of: `\/` and `\E`
  /// over constant sets are followed down to what is called like one of `names`, and else to the
  /// last name that is no such disjunction.
  std::vector<NamedAction> actions(std::string_view next, const std::set<std::string>& names) const;
  /// The same, of each call its name and where it stands alone.
  struct Called {
    std::string name;
    Place place;
  };
  std::vector<Called> called(std::string_view next, const std::set<std::string>& names) const;
  /// The definition as a set of states: assignments of every cell, over no state.
  ActionTree start(std::string_view init) const;

 private:
  const Module& module_;
  const Constants& constants_;
  const Ground& ground_;
};

}  // namespace lockstep::tla
