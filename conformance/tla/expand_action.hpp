// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tla/action.hpp"
#include "tla/expand.hpp"

namespace lockstep::tla {

/// Takes actions apart, conjunct by conjunct from left to right, as TLC does.
class ActionExpander : public Expander {
 public:
  ActionExpander(const ModuleText& module, const Constants& constants, const Ground& ground,
                 bool initial);

  ActionTree action(const Node& node, const Scope& scope, const Place& place);
  const Scope& outermost() { return scope_of(module_); }

  /// A disjunction, and no name for one: `\/`, `\E`, a name of such a definition.
  bool is_disjunction(const Node& node, const Scope& scope);
  /// Is it made of named actions alone?
  bool is_of_names(const Node& node, const Scope& scope);
  using Found = std::function<void(const Node& call, const Operator& action, const Scope& scope)>;
  /// Every named action of a disjunction; `names`: what is one, however it is written.
  void named_actions(const Node& node, const Scope& scope, const std::set<std::string>& names,
                     const Found& found);
  Expr constant_argument(const Node& node, const Scope& scope);

 private:
  using Assigned = std::map<std::string, Value>;
  using Rest = std::function<void(ActionTree&, const Assigned&)>;

  void act(const Node& node, const Scope& scope, ActionTree& at, const Assigned& assigned,
           const Rest& rest);
  void all(const std::vector<NodePtr>& args, std::size_t from, const Scope& scope, ActionTree& at,
           const Assigned& assigned, const Rest& rest);
  void for_all(const Node& node, const Scope& scope, ActionTree& at, const Assigned& assigned,
               const Rest& rest);
  void exists(const Node& node, const Scope& scope, std::size_t bound, std::size_t name,
              const Scope& inner, ActionTree& at, const Assigned& assigned, const Rest& rest);
  void cases(const Node& node, std::size_t arm, const Scope& scope, ActionTree& at,
             const Assigned& assigned, const Rest& rest);
  void branch(const Expr& condition, ActionTree& at, const std::function<void(ActionTree&)>& then,
              const std::function<void(ActionTree&)>& otherwise);
  void condition(const Node& node, const Scope& scope, ActionTree& at, const Assigned& assigned,
                 const Rest& rest);
  void assign(const std::string& variable, const Value& value, const Place& place, ActionTree& at,
              const Assigned& assigned, const Rest& rest);
  void finish(ActionTree& at, const Assigned& assigned, const Place& place);
  void cells(const std::string& name, const Value& value, const Value& before, const Shape& shape,
             std::vector<Expr> keys, const Place& place, std::vector<Assignment>& out);

  /// The variable that `x' = e` gives a value, at the start `x = e`; "" if it is none.
  std::string target(const Node& node, const Scope& scope) const;
  /// Does what is written give a variable a value, or ask for it?
  bool assigns(const Node& node, const Scope& scope);
  static bool guard(const Expr& e, ActionTree& at);
};

}  // namespace lockstep::tla
