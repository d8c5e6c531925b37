// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/expand.hpp"
#include "tla/fold.hpp"

// Sets: what they are, who is in them, how they are gone through.
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
    if (known.constant != nullptr && constants_.sets.contains(node.text)) {
      out.kind = Set::Kind::named;
      out.name = node.text;
      return out;
    }
    if (known.module == nullptr && node.text == "BOOLEAN") {
      out.elements = {make_boolean(true, node.place), make_boolean(false, node.place)};
      return out;
    }
    if (known.module == nullptr && node.text == "Nat" && standard(node, "Naturals")) {
      out.kind = Set::Kind::naturals;
      return out;
    }
    if (known.module == nullptr && node.text == "Int" && standard(node, "Integers")) {
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
    if (!standard(node, "Naturals")) refuse(node.place, "'..' is not defined");
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
      return make_and(
          {number, make_arithmetic(Form::less_equal, make_integer(0, place), e, place)}, place);
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

Expr Expander::over(bool all, const std::string& variable, const Set& set, const Body& body,
                    const Place& place) {
  const auto all_or_any = [&](const Expr& a, const Expr& b) {
    return all ? make_and({a, b}, place) : make_or({a, b}, place);
  };
  switch (set.kind) {
    case Set::Kind::named: {
      const Expr e = fresh(variable, place);
      return make_over(all ? Form::for_all : Form::exists, e->name, set.name, body(e), place);
    }
    case Set::Kind::list: return over_elements(all, set.elements, body, place);
    case Set::Kind::unite:
      return all_or_any(over(all, variable, set.sets[0], body, place),
                        over(all, variable, set.sets[1], body, place));
    case Set::Kind::filter:
      return over_guarded(
          all, variable, set.sets[0], [&](const Expr& e) { return filtered(e, set); }, body, place);
    case Set::Kind::intersect: {
      const bool endless = set.sets[0].kind == Set::Kind::naturals ||
                           set.sets[0].kind == Set::Kind::integers;
      const Set &base = set.sets[endless ? 1 : 0], &other = set.sets[endless ? 0 : 1];
      return over_guarded(
          all, variable, base, [&](const Expr& e) { return member(e, other, place); }, body, place);
    }
    case Set::Kind::minus:
      return over_guarded(
          all, variable, set.sets[0],
          [&](const Expr& e) { return make_not(member(e, set.sets[1], place), place); }, body,
          place);
    case Set::Kind::range: {
      const Expr &from = set.elements[0], &to = set.elements[1];
      if (from->form != Form::integer || to->form != Form::integer ||
          to->number - from->number > 1000) {
        refuse(set.place, "a range that is not of constants, or too long, cannot be gone through");
      }
      std::vector<Expr> elements;
      for (std::int64_t i = from->number; i <= to->number; ++i) {
        elements.push_back(make_integer(i, set.place));
      }
      return over_elements(all, elements, body, place);
    }
    case Set::Kind::naturals:
    case Set::Kind::integers:
    case Set::Kind::functions: refuse(set.place, "a set without end cannot be gone through");
  }
  refuse(place, "not understood");
}

Expr Expander::over_guarded(bool all, const std::string& variable, const Set& base,
                            const Body& guard, const Body& body, const Place& place) {
  return over(
      all, variable, base,
      [&](const Expr& e) {
        const bool outer = asserted_;
        asserted_ = false;
        const Expr counts = guard(e);
        asserted_ = outer;
        if (is_false(counts)) return make_boolean(all, place);
        return all ? make_implies(counts, body(e), place) : make_and({counts, body(e)}, place);
      },
      place);
}

Expr Expander::over_elements(bool all, const std::vector<Expr>& elements, const Body& body,
                             const Place& place) {
  std::vector<Expr> out;
  out.reserve(elements.size());
  for (const Expr& element : elements) out.push_back(body(element));
  return all ? make_and(out, place) : make_or(out, place);
}

/// Of a part of a constant set: how many of it there are in the part.
Expr Expander::cardinality(const Node& node, const Scope& scope) {
  if (node.args.size() != 1) refuse(node.place, "Cardinality has one parameter");
  const bool outer = asserted_;
  asserted_ = false;
  const Set whole = set(*node.args[0], scope);
  const Expr e = fresh(whole.kind == Set::Kind::filter ? whole.name : "element", node.place);
  std::vector<Expr> conditions;
  const Set* base = &whole;
  while (base->kind != Set::Kind::named) {
    if (base->kind == Set::Kind::filter) {
      conditions.push_back(filtered(e, *base));
    } else if (base->kind == Set::Kind::minus) {
      conditions.push_back(make_not(member(e, base->sets[1], node.place), node.place));
    } else if (base->kind == Set::Kind::intersect) {
      conditions.push_back(member(e, base->sets[1], node.place));
    } else {
      refuse(node.place, "Cardinality is understood only of parts of one constant set");
    }
    base = &base->sets[0];
  }
  asserted_ = outer;
  return make_over(Form::cardinality, e->name, base->name, make_and(conditions, node.place),
                   node.place);
}

}  // namespace lockstep::tla
