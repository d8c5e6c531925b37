// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/expand.hpp"
#include "tla/fold.hpp"

// How sets are gone through: of what is no constant set, only constant sets are left.
namespace lockstep::tla {

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
      const bool endless =
          set.sets[0].kind == Set::Kind::naturals || set.sets[0].kind == Set::Kind::integers;
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
  if (ground_ != nullptr) {
    asserted_ = outer;
    return number_of(whole, node.place);
  }
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
