// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "tla/expand.hpp"
#include "tla/fold.hpp"

// Functions, tuples and CHOOSE, where every set has its members.
namespace lockstep::tla {

bool may_be_function(const Node& node) {
  switch (node.kind) {
    case Node::Kind::name:
    case Node::Kind::apply:
    case Node::Kind::prime:
    case Node::Kind::choice:
    case Node::Kind::cases:
    case Node::Kind::let:
    case Node::Kind::tuple:
    case Node::Kind::function:
    case Node::Kind::except:
    case Node::Kind::choose: return true;
    default: return false;
  }
}

Expr Expander::scalar(const Value& value, const Place& place) {
  if (!value.scalar) refuse(place, "a function; expected a value that is none");
  return value.scalar;
}

Value Expander::any(const Node& node, const Scope& scope) {
  if (!may_be_function(node)) return {value(node, scope), nullptr};
  const Depth depth{*this, node.place};
  switch (node.kind) {
    case Node::Kind::name: return named(node, scope);
    case Node::Kind::prime: return after(node, scope);
    case Node::Kind::apply: {
      const Value function = any(*node.args[0], scope);
      return apply(function, term(*node.args[1], scope), node.place);
    }
    case Node::Kind::choice: {
      const Expr condition = term(*node.args[0], scope);
      check_boolean(condition);
      if (is_true(condition)) return any(*node.args[1], scope);
      if (is_false(condition)) return any(*node.args[2], scope);
      const Value then = any(*node.args[1], scope);
      return make_choice(condition, then, any(*node.args[2], scope), node.place);
    }
    case Node::Kind::cases: return any_cases(node, scope);
    case Node::Kind::let: return any(*node.args[0], with_definitions(node, scope));
    case Node::Kind::tuple: {
      auto out = std::make_shared<Function>();
      out->tuple = true;
      for (const NodePtr& item : node.args) {
        out->keys.push_back(
            make_integer(static_cast<std::int64_t>(out->keys.size()) + 1, node.place));
        out->values.push_back(any(*item, scope));
      }
      return {nullptr, out};
    }
    case Node::Kind::function: return function_of(node, scope);
    case Node::Kind::except: return except(node, scope);
    case Node::Kind::choose: return choose(node, scope);
    default: refuse(node.place, "not understood");
  }
}

Value Expander::named(const Node& node, const Scope& scope) {
  if (const Operator op = applied(node, scope); op.body != nullptr) {
    return any(*op.body, *op.scope);
  }
  const auto* meaning = local(node.text, scope);
  const Known known = find(*scope.module, node.text);
  if (node.args.empty() && meaning != nullptr && std::holds_alternative<FunctionPtr>(*meaning)) {
    return {nullptr, std::get<FunctionPtr>(*meaning)};
  }
  if (node.args.empty() && meaning == nullptr && known.variable) {
    return variable(node.text, node.place);
  }
  if (meaning == nullptr && known.module == nullptr && node.text == "Len" &&
      node.args.size() == 1 && standard(scope, "Sequences")) {
    const Value of = any(*node.args[0], scope);
    if (!of.function || !of.function->tuple) refuse(node.place, "Len of what is no tuple");
    return {make_integer(static_cast<std::int64_t>(of.function->keys.size()), node.place), nullptr};
  }
  return {name(node, scope), nullptr};
}

Value Expander::variable(const std::string& name, const Place& place) {
  if (initial_) {
    const auto known = assigned_->find(name);
    if (known != assigned_->end()) return known->second;
    refuse(place, name + " is asked for before it has a value");
  }
  const auto shape = ground_->shapes.find(name);
  if (shape == ground_->shapes.end()) refuse(place, "no state of the reference has '" + name + "'");
  auto e = std::make_shared<Expression>(*make_named(Form::variable, name, place));
  e->primed = primed_;
  return value_of_cells(e, shape->second);
}

/// What an expression is in the state after the step.
Value Expander::primed(const Node& of, const Scope& scope, const Place& place) {
  if (primed_) refuse(place, "a prime inside of a prime");
  primed_ = true;
  Value out = any(of, scope);
  primed_ = false;
  return out;
}

/// x': what has been said of it.
Value Expander::after(const Node& node, const Scope& scope) {
  const Node& of = *node.args[0];
  if (of_steps_) return primed(of, scope, node.place);
  const bool plain = of.kind == Node::Kind::name && of.args.empty() &&
                     local(of.text, scope) == nullptr && find(*scope.module, of.text).variable;
  if (!plain) {
    refuse(node.place, "a prime is understood only on a variable: f'[x], not f[x]'");
  }
  if (initial_ || assigned_ == nullptr) refuse(node.place, "a prime outside of an action");
  const auto known = assigned_->find(of.text);
  if (known == assigned_->end()) {
    refuse(node.place, of.text + "' is asked for before it has a value; expected " + of.text +
                           "' = ... before");
  }
  return known->second;
}

void Expander::variables(const Node& node, const Scope& scope, std::string_view what, Names& out) {
  if (node.kind == Node::Kind::tuple) {
    for (const NodePtr& arg : node.args) variables(*arg, scope, what, out);
    return;
  }
  if (node.kind == Node::Kind::name) {
    if (const Operator op = applied(node, scope); op.body != nullptr) {
      return variables(*op.body, *op.scope, what, out);
    }
    if (node.args.empty() && local(node.text, scope) == nullptr &&
        find(*scope.module, node.text).variable) {
      out.emplace_back(node.text, node.place);
      return;
    }
  }
  refuse(node.place, std::string{what} + " is understood of variables and of tuples of them");
}

/// UNCHANGED, as a condition on a step.
Expr Expander::staying(const Node& of, const Scope& scope, const Place& place) {
  if (of.kind == Node::Kind::tuple) {
    std::vector<Expr> same;
    for (const NodePtr& arg : of.args) same.push_back(staying(*arg, scope, place));
    return make_and(same, place);
  }
  if (of.kind == Node::Kind::name) {
    const Operator op = applied(of, scope);
    if (op.body != nullptr) return staying(*op.body, *op.scope, place);
  }
  return equal(primed(of, scope, place), any(of, scope), place);
}

Value Expander::apply(const Value& value, const Expr& key, const Place& place) {
  if (value.scalar && value.scalar->form == Form::undefined) return value;
  if (!value.function) refuse(place, "what is no function is applied to a value");
  const Function& f = *value.function;
  Value out{make_undefined("a function is applied outside of its domain", place), nullptr};
  if (is_constant(key)) {
    for (std::size_t i = 0; i < f.keys.size(); ++i) {
      if (same(f.keys[i], key)) return f.values[i];
    }
    return out;
  }
  if (f.variable) {
    auto cell = std::make_shared<Expression>(*f.variable);
    cell->args.push_back(key);
    cell->place = place;
    return value_of_cells(cell, f.shape->below.front());
  }
  for (std::size_t i = f.keys.size(); i-- > 0;) {
    out = make_choice(make_equal(key, f.keys[i], place), f.values[i], out, place);
  }
  return out;
}

/// The first arm whose condition holds, as TLC takes it.
Value Expander::any_cases(const Node& node, const Scope& scope) {
  std::vector<std::pair<Expr, Value>> open;
  Value last{make_undefined("a CASE of which no condition holds", node.place), nullptr};
  for (std::size_t i = 0; i < node.args.size(); i += 2) {
    if (i + 1 == node.args.size()) {
      last = any(*node.args[i], scope);
      break;
    }
    const Expr condition = term(*node.args[i], scope);
    check_boolean(condition);
    if (is_false(condition)) continue;
    const Value here = any(*node.args[i + 1], scope);
    if (is_true(condition)) {
      last = here;
      break;
    }
    open.emplace_back(condition, here);
  }
  for (auto arm = open.rbegin(); arm != open.rend(); ++arm) {
    last = make_choice(arm->first, arm->second, last, node.place);
  }
  return last;
}

Value Expander::function_of(const Node& node, const Scope& scope) {
  auto out = std::make_shared<Function>();
  const Bound& bound = node.bounds[0];
  out->keys = constant_elements(set(*bound.set, scope), node.place);
  for (const Expr& key : out->keys) {
    Scope& inner = inside(scope);
    bind(inner, bound.names[0], key, node.place);
    out->values.push_back(any(*node.args[0], inner));
  }
  // What is a function of 1 to n is a tuple.
  std::int64_t n = 0;
  out->tuple = std::ranges::all_of(
      out->keys, [&](const Expr& key) { return key->form == Form::integer && key->number == ++n; });
  return {nullptr, out};
}

Value Expander::except(const Node& node, const Scope& scope) {
  Value out = any(*node.args[0], scope);
  for (std::size_t i = 1; i < node.args.size(); ++i) {
    out = updated(out, *node.args[i], 0, scope);
  }
  return out;
}

/// `old` with the value of `update` at its keys from `level` on. As TLC: where a key is none of the
/// function's, nothing changes.
Value Expander::updated(const Value& old, const Node& update, std::size_t level,
                        const Scope& scope) {
  if (level + 1 == update.args.size()) {
    Scope& inner = inside(scope);
    if (old.function) {
      inner.names.insert_or_assign("@", old.function);
    } else {
      inner.names.insert_or_assign("@", old.scalar);
    }
    return any(*update.args[level], inner);
  }
  if (!old.function) refuse(update.place, "EXCEPT of what is no function");
  const Expr key = term(*update.args[level], scope);
  auto out = std::make_shared<Function>(*old.function);
  out->variable = nullptr;
  for (std::size_t i = 0; i < out->keys.size(); ++i) {
    const Expr here = make_equal(key, out->keys[i], update.place);
    if (is_false(here)) continue;
    out->values[i] = make_choice(here, updated(out->values[i], update, level + 1, scope),
                                 out->values[i], update.place);
  }
  return {nullptr, out};
}

/// TLC takes the first of the set, in an order that is known of numbers alone.
Value Expander::choose(const Node& node, const Scope& scope) {
  const Bound& bound = node.bounds[0];
  std::vector<Expr> from = constant_elements(set(*bound.set, scope), node.place);
  std::ranges::stable_sort(from,
                           [](const Expr& a, const Expr& b) { return a->number < b->number; });
  const bool numbers =
      std::ranges::all_of(from, [](const Expr& e) { return e->form == Form::integer; });
  std::vector<std::pair<Expr, Expr>> candidates;
  for (const Expr& e : from) {
    Scope& inner = inside(scope);
    bind(inner, bound.names[0], e, node.place);
    const Expr holds = value(*node.args[0], inner);
    check_boolean(holds);
    if (is_false(holds)) continue;
    candidates.emplace_back(holds, e);
    if (numbers && is_true(holds)) break;
  }
  if (!numbers && candidates.size() > 1) {
    refuse(node.place, "CHOOSE of several that may do; expected numbers, or only one that does");
  }
  Value out{make_undefined("CHOOSE of a set of which none does", node.place), nullptr};
  for (auto c = candidates.rbegin(); c != candidates.rend(); ++c) {
    out = make_choice(c->first, {c->second, nullptr}, out, node.place);
  }
  return out;
}

Expr Expander::is_member(const Value& value, const Set& set, const Place& place) {
  if (value.scalar) return member(value.scalar, set, place);
  if (set.kind != Set::Kind::functions) {
    refuse(place, "a function is asked for in a set that is no set of functions");
  }
  const Function& f = *value.function;
  const std::vector<Expr> keys = constant_elements(set.sets[0], place);
  const auto has = [&](const Expr& key) {
    return std::ranges::any_of(f.keys, [&](const Expr& k) { return same(k, key); });
  };
  if (keys.size() != f.keys.size() || !std::ranges::all_of(keys, has)) {
    return make_boolean(false, place);
  }
  std::vector<Expr> in;
  for (const Value& cell : f.values) in.push_back(is_member(cell, set.sets[1], place));
  return make_and(in, place);
}

std::vector<Expander::Element> Expander::elements(const Set& set, const Place& place) {
  std::vector<Element> out;
  const auto keep_if = [&](const std::function<Expr(const Expr&)>& condition) {
    for (Element& element : elements(set.sets[0], place)) {
      element.counts = make_and({element.counts, condition(element.value)}, place);
      if (!is_false(element.counts)) out.push_back(element);
    }
  };
  const Expr yes = make_boolean(true, place);
  switch (set.kind) {
    case Set::Kind::list:
      for (const Expr& e : set.elements) out.push_back({e, yes});
      return out;
    case Set::Kind::unite:
      for (const Set& part : set.sets) {
        std::ranges::move(elements(part, place), std::back_inserter(out));
      }
      return out;
    case Set::Kind::filter: keep_if([&](const Expr& e) { return filtered(e, set); }); return out;
    case Set::Kind::intersect:
      keep_if([&](const Expr& e) { return member(e, set.sets[1], place); });
      return out;
    case Set::Kind::minus:
      keep_if([&](const Expr& e) { return make_not(member(e, set.sets[1], place), place); });
      return out;
    case Set::Kind::range: {
      const Expr &from = set.elements[0], &to = set.elements[1];
      if (from->form != Form::integer || to->form != Form::integer ||
          to->number - from->number > 1000) {
        refuse(set.place, "a range that is not of constants, or too long, cannot be gone through");
      }
      for (std::int64_t i = from->number; i <= to->number; ++i) {
        out.push_back({make_integer(i, set.place), yes});
      }
      return out;
    }
    case Set::Kind::named: refuse(place, "the members of '" + set.name + "' are not known");
    case Set::Kind::naturals:
    case Set::Kind::integers:
    case Set::Kind::functions: refuse(set.place, "a set without end cannot be gone through");
  }
  refuse(place, "not understood");
}

std::vector<Expr> Expander::constant_elements(const Set& set, const Place& place) {
  std::vector<Expr> out;
  for (const Element& element : elements(set, place)) {
    if (!is_constant(element.value) || !is_true(element.counts)) {
      refuse(set.place.line != 0 ? set.place : place,
             "a set that depends on the state; expected one that the constants decide");
    }
    const auto known = [&](const Expr& e) { return same(e, element.value); };
    if (std::ranges::none_of(out, known)) out.push_back(element.value);
  }
  return out;
}

/// Cardinality of what may depend on the state, but for the elements themselves.
Expr Expander::number_of(const Set& set, const Place& place) {
  std::vector<Element> counted;
  for (const Element& element : elements(set, place)) {
    if (!is_constant(element.value)) {
      refuse(place, "Cardinality of a set whose elements depend on the state");
    }
    const auto known = std::ranges::find_if(
        counted, [&](const Element& other) { return same(other.value, element.value); });
    if (known == counted.end()) {
      counted.push_back(element);
    } else {
      known->counts = make_or({known->counts, element.counts}, place);
    }
  }
  Expr out = make_integer(0, place);
  const Expr none = make_integer(0, place), one = make_integer(1, place);
  for (const Element& element : counted) {
    const Expr here = make_choice(element.counts, {one, nullptr}, {none, nullptr}, place).scalar;
    out = make_arithmetic(Form::add, out, here, place);
  }
  return out;
}

}  // namespace lockstep::tla
