// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/expand.hpp"
#include "tla/fold.hpp"

// Sets: what they are, and who is in them.
namespace lockstep::tla {

Set Expander::set(const Node& node, const Scope& scope) {
  Set out;
  out.place = node.place;
  switch (node.kind) {
    case Node::Kind::name: return set_of_name(node, scope);
    case Node::Kind::infix: return set_of_operator(node, scope);
    case Node::Kind::set:
      for (const NodePtr& element : node.args) out.elements.push_back(term(*element, scope));
      return out;
    case Node::Kind::filter:
      out.kind = Set::Kind::filter;
      out.name = node.bounds[0].names[0];
      out.sets = {set(*node.bounds[0].set, scope)};
      out.predicate = node.args[0].get();
      out.scope = &scope;
      return out;
    case Node::Kind::functions:
      out.kind = Set::Kind::functions;
      out.sets = {set(*node.args[0], scope), set(*node.args[1], scope)};
      return out;
    case Node::Kind::choice:
    case Node::Kind::cases: return set(*chosen(node, scope), scope);
    case Node::Kind::let: return set(*node.args[0], with_definitions(node, scope));
    case Node::Kind::prefix:
      if (node.text != "DOMAIN" || ground_ == nullptr) {
        refuse(node.place, "'" + node.text + "' is not understood here");
      }
      if (const Value f = any(*node.args[0], scope); f.function) {
        out.elements = f.function->keys;
        return out;
      }
      refuse(node.place, "DOMAIN of what is no function");
    default: refuse(node.place, "a value; expected a set");
  }
}

Set Expander::set_of_name(const Node& node, const Scope& scope) {
  if (const Operator op = applied(node, scope); op.body != nullptr) {
    if (++depth_ > 1000) refuse(node.place, "defined by itself, or nested too deeply");
    Set out = set(*op.body, *op.scope);
    --depth_;
    return out;
  }
  Set out;
  out.place = node.place;
  const Known known = find(*scope.module, node.text);
  if (local(node.text, scope) == nullptr && node.args.empty()) {
    if (known.constant != nullptr && ground_ != nullptr && ground_->members.contains(node.text)) {
      for (const std::string& member : ground_->members.at(node.text)) {
        out.elements.push_back(make_named(Form::model_value, member, node.place));
      }
      return out;
    }
    if (known.constant != nullptr && constants_.sets.contains(node.text)) {
      out.kind = Set::Kind::named;
      out.name = node.text;
      return out;
    }
    if (known.module == nullptr && node.text == "BOOLEAN") {
      out.elements = {make_boolean(true, node.place), make_boolean(false, node.place)};
      return out;
    }
    if (known.module == nullptr && node.text == "Nat" && standard(scope, "Naturals")) {
      out.kind = Set::Kind::naturals;
      return out;
    }
    if (known.module == nullptr && node.text == "Int" && standard(scope, "Integers")) {
      out.kind = Set::Kind::integers;
      return out;
    }
  }
  refuse(node.place, "'" + node.text + "' is no set that is understood");
}

Set Expander::set_of_operator(const Node& node, const Scope& scope) {
  Set out;
  out.place = node.place;
  if (node.text == "..") {
    if (!standard(scope, "Naturals")) refuse(node.place, "'..' is not defined");
    out.kind = Set::Kind::range;
    out.elements = {term(*node.args[0], scope), term(*node.args[1], scope)};
    return out;
  }
  if (node.text == "\\cup") {
    out.kind = Set::Kind::unite;
  } else if (node.text == "\\cap") {
    out.kind = Set::Kind::intersect;
  } else if (node.text == "\\") {
    out.kind = Set::Kind::minus;
  } else {
    refuse(node.place, "a value; expected a set");
  }
  out.sets = {set(*node.args[0], scope), set(*node.args[1], scope)};
  return out;
}

/// The branch that the constants choose.
const Node* Expander::chosen(const Node& node, const Scope& scope) {
  if (node.kind == Node::Kind::choice) {
    const Expr condition = term(*node.args[0], scope);
    if (is_true(condition)) return node.args[1].get();
    if (is_false(condition)) return node.args[2].get();
    refuse(node.place, "a set that depends on the state is not understood");
  }
  for (std::size_t i = 0; i + 1 < node.args.size(); i += 2) {
    const Expr condition = term(*node.args[i], scope);
    if (is_true(condition)) return node.args[i + 1].get();
    if (!is_false(condition)) {
      refuse(node.place, "a set that depends on the state is not understood");
    }
  }
  if (node.args.size() % 2 == 0) refuse(node.place, "a CASE of which no condition holds");
  return node.args.back().get();
}

/// Does what a filter says hold of `e`?
Expr Expander::filtered(const Expr& e, const Set& filter) {
  Scope& inner = inside(*filter.scope);
  bind(inner, filter.name, e, filter.place);
  Expr out = value(*filter.predicate, inner);
  check_boolean(out);
  return out;
}

Expr Expander::member(const Expr& e, const Set& set, const Place& place) {
  switch (set.kind) {
    case Set::Kind::named: return make_member(e, set.name, place);
    case Set::Kind::list: {
      std::vector<Expr> equal;
      for (const Expr& element : set.elements) equal.push_back(make_equal(e, element, place));
      return make_or(equal, place);
    }
    case Set::Kind::filter: {
      const Expr in = member(e, set.sets[0], place);
      return is_false(in) ? in : make_and({in, filtered(e, set)}, place);
    }
    case Set::Kind::unite:
      return make_or({member(e, set.sets[0], place), member(e, set.sets[1], place)}, place);
    case Set::Kind::intersect:
      return make_and({member(e, set.sets[0], place), member(e, set.sets[1], place)}, place);
    case Set::Kind::minus: {
      const bool outer = asserted_;
      const Expr in = member(e, set.sets[0], place);
      asserted_ = false;
      const Expr taken = member(e, set.sets[1], place);
      asserted_ = outer;
      return make_and({in, make_not(taken, place)}, place);
    }
    case Set::Kind::integers: return make_member(e, "Int", place);
    case Set::Kind::naturals: {
      const Expr number = make_member(e, "Int", place);
      if (is_false(number)) return number;
      return make_and({number, make_arithmetic(Form::less_equal, make_integer(0, place), e, place)},
                      place);
    }
    case Set::Kind::range: {
      const Expr number = make_member(e, "Int", place);
      if (is_false(number)) return number;
      return make_and({number, make_arithmetic(Form::less_equal, set.elements[0], e, place),
                       make_arithmetic(Form::less_equal, e, set.elements[1], place)},
                      place);
    }
    case Set::Kind::functions:
      if (e->form != Form::variable) {
        refuse(place, "of a set of functions only a variable is understood as a member");
      }
      // That it is a function, and of nothing else, is a matter of the world: it goes without
      // saying, so it must not be said where it may also be false.
      if (!asserted_) refuse(place, "a set of functions, in a condition, is not understood");
      return over(
          true, "key", set.sets[0],
          [&](const Expr& key) {
            auto applied = std::make_shared<Expression>(*e);
            applied->args.push_back(key);
            return member(applied, set.sets[1], place);
          },
          place);
  }
  refuse(place, "not understood");
}

}  // namespace lockstep::tla
