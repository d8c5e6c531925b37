// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/expand_action.hpp"

#include <algorithm>

#include "tla/fold.hpp"

namespace lockstep::tla {

ActionExpander::ActionExpander(const ModuleText& module, const Constants& constants,
                               const Ground& ground, bool initial)
    : Expander(module, constants, &ground) {
  initial_ = initial;
  for (const ModuleText* part : all_of(module)) {
    for (const std::string& name : part->variables) {
      if (!ground.shapes.contains(name)) {
        throw InputError{part->file, 0, 0,
                         "the variable '" + name + "' is none of the reference's states"};
      }
    }
  }
}

ActionTree ActionExpander::action(const Node& node, const Scope& scope, const Place& place) {
  ActionTree out;
  act(node, scope, out, {},
      [&](ActionTree& at, const Assigned& assigned) { finish(at, assigned, place); });
  return out;
}

/// Adds a condition; false if it never holds, and what comes after does not matter.
bool ActionExpander::guard(const Expr& e, ActionTree& at) {
  check_boolean(e);
  if (is_true(e)) return true;
  at.guards.push_back(e);
  return !is_false(e);
}

void ActionExpander::act(const Node& node, const Scope& scope, ActionTree& at,
                         const Assigned& assigned, const Rest& rest) {
  const Depth depth{*this, node.place};
  if (!assigns(node, scope)) return condition(node, scope, at, assigned, rest);
  switch (node.kind) {
    case Node::Kind::list:
    case Node::Kind::infix:
      if (node.text == "/\\") return all(node.args, 0, scope, at, assigned, rest);
      if (node.text == "\\/") {
        for (const NodePtr& arg : node.args) {
          act(*arg, scope, at.next.emplace_back(), assigned, rest);
        }
        return;
      }
      if (const std::string variable = target(node, scope); !variable.empty()) {
        assigned_ = &assigned;
        if (node.text == "=") {
          const Value value = any(*node.args[1], scope);
          return assign(variable, value, node.place, at, assigned, rest);
        }
        if (node.text == "\\in" && !assigned.contains(variable)) {
          for (const Element& element : elements(set(*node.args[1], scope), node.place)) {
            ActionTree& next = at.next.emplace_back();
            if (guard(element.counts, next)) {
              assign(variable, {element.value, nullptr}, node.place, next, assigned, rest);
            }
          }
          return;
        }
      }
      return condition(node, scope, at, assigned, rest);
    case Node::Kind::prefix:
      if (node.text == "UNCHANGED") {
        Names names;
        variables(*node.args[0], scope, "UNCHANGED", names);
        const std::function<void(std::size_t, ActionTree&, const Assigned&)> from =
            [&](std::size_t i, ActionTree& here, const Assigned& now) {
              if (i == names.size()) return rest(here, now);
              assign(names[i].first, variable(names[i].first, names[i].second), node.place, here,
                     now, [&](ActionTree& next, const Assigned& then) { from(i + 1, next, then); });
            };
        return from(0, at, assigned);
      }
      return condition(node, scope, at, assigned, rest);
    case Node::Kind::quantifier:
      if (node.text == "\\E") return exists(node, scope, 0, 0, scope, at, assigned, rest);
      return for_all(node, scope, at, assigned, rest);
    case Node::Kind::choice: {
      assigned_ = &assigned;
      const Expr decides = term(*node.args[0], scope);
      return branch(
          decides, at, [&](ActionTree& next) { act(*node.args[1], scope, next, assigned, rest); },
          [&](ActionTree& next) { act(*node.args[2], scope, next, assigned, rest); });
    }
    case Node::Kind::cases: return cases(node, 0, scope, at, assigned, rest);
    case Node::Kind::let:
      return act(*node.args[0], with_definitions(node, scope), at, assigned, rest);
    case Node::Kind::name: {
      const Operator op = applied(node, scope);
      return act(*op.body, *op.scope, at, assigned, rest);
    }
    default: return condition(node, scope, at, assigned, rest);
  }
}

void ActionExpander::all(const std::vector<NodePtr>& args, std::size_t from, const Scope& scope,
                         ActionTree& at, const Assigned& assigned, const Rest& rest) {
  if (from == args.size()) return rest(at, assigned);
  act(*args[from], scope, at, assigned, [&](ActionTree& next, const Assigned& then) {
    all(args, from + 1, scope, next, then, rest);
  });
}

/// Every element in turn, as a conjunction; where one is not in the set, nothing is asked of it.
void ActionExpander::for_all(const Node& node, const Scope& scope, ActionTree& at,
                             const Assigned& assigned, const Rest& rest) {
  assigned_ = &assigned;
  std::vector<std::pair<const Scope*, Expr>> bound_to{{&scope, make_boolean(true, node.place)}};
  for (const Bound& bound : node.bounds) {
    const std::vector<Element> members = elements(set(*bound.set, scope), node.place);
    for (const std::string& name : bound.names) {
      std::vector<std::pair<const Scope*, Expr>> longer;
      for (const auto& [outer, counts] : bound_to) {
        for (const Element& member : members) {
          Scope& inner = inside(*outer);
          bind(inner, name, member.value, node.place);
          longer.emplace_back(&inner, make_and({counts, member.counts}, node.place));
        }
      }
      bound_to = std::move(longer);
    }
  }
  const std::function<void(std::size_t, ActionTree&, const Assigned&)> from =
      [&](std::size_t i, ActionTree& here, const Assigned& now) {
        if (i == bound_to.size()) return rest(here, now);
        branch(
            bound_to[i].second, here,
            [&](ActionTree& next) {
              act(*node.args[0], *bound_to[i].first, next, now,
                  [&](ActionTree& after, const Assigned& then) { from(i + 1, after, then); });
            },
            [&](ActionTree& next) { from(i + 1, next, now); });
      };
  from(0, at, assigned);
}

void ActionExpander::exists(const Node& node, const Scope& scope, std::size_t bound,
                            std::size_t name, const Scope& inner, ActionTree& at,
                            const Assigned& assigned, const Rest& rest) {
  if (bound == node.bounds.size()) return act(*node.args[0], inner, at, assigned, rest);
  const Bound& here = node.bounds[bound];
  if (name == here.names.size()) {
    return exists(node, scope, bound + 1, 0, inner, at, assigned, rest);
  }
  assigned_ = &assigned;
  for (const Element& element : elements(set(*here.set, scope), node.place)) {
    ActionTree& next = at.next.emplace_back();
    if (!guard(element.counts, next)) continue;
    Scope& with = inside(inner);
    bind(with, here.names[name], element.value, node.place);
    exists(node, scope, bound, name + 1, with, next, assigned, rest);
  }
}

void ActionExpander::cases(const Node& node, std::size_t arm, const Scope& scope, ActionTree& at,
                           const Assigned& assigned, const Rest& rest) {
  if (arm == node.args.size()) {
    guard(make_undefined("a CASE of which no condition holds", node.place), at);
    return;
  }
  if (arm + 1 == node.args.size()) return act(*node.args[arm], scope, at, assigned, rest);
  assigned_ = &assigned;
  branch(
      term(*node.args[arm], scope), at,
      [&](ActionTree& next) { act(*node.args[arm + 1], scope, next, assigned, rest); },
      [&](ActionTree& next) { cases(node, arm + 2, scope, next, assigned, rest); });
}

void ActionExpander::branch(const Expr& condition, ActionTree& at,
                            const std::function<void(ActionTree&)>& then,
                            const std::function<void(ActionTree&)>& otherwise) {
  check_boolean(condition);
  if (is_true(condition)) return then(at);
  if (is_false(condition)) return otherwise(at);
  at.kind = ActionTree::Kind::choose;
  at.condition = condition;
  at.next.resize(2);
  then(at.next[0]);
  otherwise(at.next[1]);
}

void ActionExpander::condition(const Node& node, const Scope& scope, ActionTree& at,
                               const Assigned& assigned, const Rest& rest) {
  assigned_ = &assigned;
  if (guard(value(node, scope), at)) rest(at, assigned);
}

/// A second value is a condition: it has to be the first one.
void ActionExpander::assign(const std::string& variable, const Value& value, const Place& place,
                            ActionTree& at, const Assigned& assigned, const Rest& rest) {
  const auto known = assigned.find(variable);
  if (known != assigned.end()) {
    if (guard(equal(known->second, value, place), at)) rest(at, assigned);
    return;
  }
  Assigned more = assigned;
  more.emplace(variable, value);
  rest(at, more);
}

void ActionExpander::finish(ActionTree& at, const Assigned& assigned, const Place& place) {
  at.kind = ActionTree::Kind::assign;
  for (const auto& [name, shape] : ground_->shapes) {
    const auto value = assigned.find(name);
    if (value == assigned.end()) {
      refuse(place, initial_ ? name + " has no value at the start; expected " + name +
                                   " = ... in every alternative"
                             : name + "' has no value in some alternative; expected " + name +
                                   "' = ... or UNCHANGED");
    }
    const Value before = value_of_cells(make_named(Form::variable, name, place), shape);
    cells(name, value->second, before, shape, {}, place, at.assignments);
  }
}

void ActionExpander::cells(const std::string& name, const Value& value, const Value& before,
                           const Shape& shape, std::vector<Expr> keys, const Place& place,
                           std::vector<Assignment>& out) {
  if (shape.keys.empty()) {
    if (!value.scalar) refuse(place, "a function is assigned to what is no function: " + name);
    if (initial_ || !same(value.scalar, before.scalar)) {
      out.push_back({name, std::move(keys), value.scalar});
    }
    return;
  }
  const bool all = value.function && value.function->keys.size() == shape.keys.size();
  for (std::size_t i = 0; i < shape.keys.size(); ++i) {
    const Value* cell = nullptr;
    for (std::size_t j = 0; all && j < shape.keys.size(); ++j) {
      if (same(value.function->keys[j], shape.keys[i])) cell = &value.function->values[j];
    }
    if (cell == nullptr) {
      refuse(place, name +
                        " is given a function of other keys than the reference's states have, "
                        "or none");
    }
    keys.push_back(shape.keys[i]);
    cells(name, *cell, before.function->values[i], shape.below[i], keys, place, out);
    keys.pop_back();
  }
}

std::string ActionExpander::target(const Node& node, const Scope& scope) const {
  if (node.kind != Node::Kind::infix || (node.text != "=" && node.text != "\\in")) return "";
  const Node* left = node.args[0].get();
  if (!initial_) {
    if (left->kind != Node::Kind::prime) return "";
    left = left->args[0].get();
  }
  const bool plain = left->kind == Node::Kind::name && left->args.empty() &&
                     local(left->text, scope) == nullptr &&
                     find(*scope.module, left->text).variable;
  return plain ? left->text : "";
}

bool ActionExpander::assigns(const Node& node, const Scope& scope) {
  const Depth depth{*this, node.place};
  const auto any_of = [&](const std::vector<NodePtr>& args, const Scope& in) {
    return std::ranges::any_of(args, [&](const NodePtr& arg) { return assigns(*arg, in); });
  };
  switch (node.kind) {
    case Node::Kind::prime: return true;
    case Node::Kind::prefix:
      return (node.text == "UNCHANGED" && !initial_) || any_of(node.args, scope);
    case Node::Kind::let: return assigns(*node.args[0], with_definitions(node, scope));
    case Node::Kind::name: {
      const Operator op = applied(node, scope);
      if (op.body != nullptr) return assigns(*op.body, *op.scope);
      return (initial_ && node.args.empty() && local(node.text, scope) == nullptr &&
              find(*scope.module, node.text).variable) ||
             any_of(node.args, scope);
    }
    default:
      return any_of(node.args, scope) || std::ranges::any_of(node.bounds, [&](const Bound& bound) {
               return assigns(*bound.set, scope);
             });
  }
}

}  // namespace lockstep::tla
