// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/writing/terms.hpp"

#include <algorithm>

namespace lockstep::orders::litmus::writing {

namespace {

void flatten(const Term& t, Op op, std::vector<Term>& out) {
  if (t->op == op) {
    for (const Term& arg : t->args) flatten(arg, op, out);
  } else if (!contains(out, t)) {
    out.push_back(t);
  }
}

}  // namespace

void each_variable(const Term& t, const std::function<void(const TermNode&)>& f) {
  if (t == nullptr) return;
  if (t->op == Op::variable) f(*t);
  for (const Term& arg : t->args) each_variable(arg, f);
}

bool mentions(const Term& t, int event) {
  bool found = false;
  each_variable(t, [&](const TermNode& v) { found = found || v.value == event + 1; });
  return found;
}

std::vector<Term> conjuncts(const Term& t) {
  std::vector<Term> out;
  if (t != nullptr) flatten(t, Op::logical_and, out);
  std::erase_if(out, [](const Term& c) { return c->op == Op::constant && c->value != 0; });
  return out;
}

std::vector<Term> disjuncts(const Term& t) {
  std::vector<Term> out;
  flatten(t, Op::logical_or, out);
  return out;
}

bool contains(const std::vector<Term>& terms, const Term& t) {
  return std::ranges::any_of(terms, [&t](const Term& known) { return term::equal(known, t); });
}

Term rewrite(const Term& t, const std::function<Term(const Term&)>& f) {
  if (t == nullptr) return t;
  Term made = t;
  if (!t->args.empty()) {
    std::vector<Term> args;
    for (const Term& arg : t->args) args.push_back(rewrite(arg, f));
    const bool join = t->op == Op::ite && !t->name.empty();
    made = join ? term::join(args[0], args[1], args[2]) : term::make(t->op, std::move(args));
  }
  const Term other = f(made);
  return other == nullptr ? made : other;
}

void rewrite(Program& p, const std::function<Term(const Term&)>& whole_term) {
  const auto apply = [&](Term& t) {
    if (t != nullptr) t = whole_term(t);
  };
  for (Event& e : p.events) {
    for (Term* t : {&e.cell.object, &e.cell.index, &e.guard}) apply(*t);
    // A read's value is its own name, whatever is known of it.
    if (e.act == Act::write) apply(e.value);
    for (auto* list : {&e.address, &e.data, &e.control}) {
      for (Dependency& d : *list) apply(d.when);
    }
  }
  for (Term& a : p.assumptions) apply(a);
  apply(p.forbidden);
}

Term simplified(const Term& t, std::vector<Term> known) {
  if (t == nullptr || t->op == Op::constant) return t;
  if (contains(known, t)) return term::constant(1);
  if (contains(known, term::negate(t))) return term::constant(0);
  switch (t->op) {
    case Op::logical_and: {
      Term all = term::constant(1);
      for (const Term& c : conjuncts(t)) {
        const Term part = simplified(c, known);
        all = term::both(all, part);
        for (const Term& fact : conjuncts(part)) known.push_back(fact);
      }
      return all;
    }
    case Op::logical_or: {
      Term any = term::constant(0);
      for (const Term& d : disjuncts(t)) {
        const Term part = simplified(d, known);
        any = term::either(any, part);
        known.push_back(term::negate(part));
      }
      return any;
    }
    case Op::logical_not: return term::negate(simplified(t->args[0], known));
    case Op::ite: {
      const Term condition = simplified(t->args[0], known);
      std::vector<Term> then = known;
      for (const Term& fact : conjuncts(condition)) then.push_back(fact);
      known.push_back(term::negate(condition));
      const Term a = simplified(t->args[1], then), b = simplified(t->args[2], known);
      return t->name.empty() ? term::ite(condition, a, b) : term::join(condition, a, b);
    }
    default:
      return rewrite(t, [&](const Term& part) {
        return part->op == Op::ite ? simplified(part, known) : Term{};
      });
  }
}

}  // namespace lockstep::orders::litmus::writing
