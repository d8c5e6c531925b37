// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "model/term.hpp"

#include <algorithm>
#include <stdexcept>

namespace lockstep::term {

namespace {

Atom calculate(Op op, const std::vector<Atom>& v) {
  switch (op) {
    case Op::add: return v[0] + v[1];
    case Op::sub: return v[0] - v[1];
    case Op::eq: return v[0] == v[1];
    case Op::ne: return v[0] != v[1];
    case Op::lt: return v[0] < v[1];
    case Op::le: return v[0] <= v[1];
    case Op::band: return v[0] & v[1];
    case Op::bor: return v[0] | v[1];
    case Op::bxor: return v[0] ^ v[1];
    case Op::mul: return v[0] * v[1];
    case Op::logical_and: return v[0] != 0 && v[1] != 0;
    case Op::logical_or: return v[0] != 0 || v[1] != 0;
    case Op::logical_not: return v[0] == 0;
    case Op::ite: return v[0] != 0 ? v[1] : v[2];
    case Op::constant:
    case Op::variable: break;
  }
  throw std::logic_error("a leaf has no operands");
}

std::string_view infix(Op op) {
  switch (op) {
    case Op::add: return " + ";
    case Op::sub: return " - ";
    case Op::eq: return " = ";
    case Op::ne: return " # ";
    case Op::lt: return " < ";
    case Op::le: return " <= ";
    case Op::band: return " & ";
    case Op::bor: return " | ";
    case Op::bxor: return " ^ ";
    case Op::mul: return " * ";
    case Op::logical_and: return " /\\ ";
    case Op::logical_or: return " \\/ ";
    default: return " ? ";
  }
}

Term node(TermNode n) {
  return std::make_shared<const TermNode>(std::move(n));
}

}  // namespace

Term constant(Atom value) {
  return node({Op::constant, value, {}, {}});
}

Term variable(std::string name, Atom version) {
  return node({Op::variable, version, std::move(name), {}});
}

Term make(Op op, std::vector<Term> args) {
  const auto value = [&args](std::size_t i) { return args[i]->value; };
  const auto known = [&args](std::size_t i) { return args[i]->op == Op::constant; };
  if (std::ranges::all_of(args, [](const Term& t) { return t->op == Op::constant; })) {
    std::vector<Atom> values;
    for (const Term& t : args) values.push_back(t->value);
    return constant(calculate(op, values));
  }
  switch (op) {
    case Op::logical_and:
      if (known(0)) return value(0) != 0 ? args[1] : args[0];
      if (known(1)) return value(1) != 0 ? args[0] : args[1];
      if (equal(args[0], args[1])) return args[0];
      break;
    case Op::logical_or:
      if (known(0)) return value(0) != 0 ? args[0] : args[1];
      if (known(1)) return value(1) != 0 ? args[1] : args[0];
      if (equal(args[0], args[1])) return args[0];
      break;
    case Op::logical_not:
      if (args[0]->op == Op::logical_not) return args[0]->args[0];
      if (args[0]->op == Op::eq) return make(Op::ne, args[0]->args);
      if (args[0]->op == Op::ne) return make(Op::eq, args[0]->args);
      break;
    case Op::ite:
      if (known(0)) return value(0) != 0 ? args[1] : args[2];
      if (equal(args[1], args[2])) return args[1];
      break;
    case Op::eq:
      if (equal(args[0], args[1])) return constant(1);
      break;
    case Op::ne:
      if (equal(args[0], args[1])) return constant(0);
      break;
    case Op::add:
    case Op::sub:
      if (known(1) && value(1) == 0) return args[0];
      break;
    default: break;
  }
  return node({op, 0, {}, std::move(args)});
}

Term add(Term a, Term b) {
  return make(Op::add, {std::move(a), std::move(b)});
}

Term sub(Term a, Term b) {
  return make(Op::sub, {std::move(a), std::move(b)});
}

Term eq(Term a, Term b) {
  return make(Op::eq, {std::move(a), std::move(b)});
}

Term ne(Term a, Term b) {
  return make(Op::ne, {std::move(a), std::move(b)});
}

Term lt(Term a, Term b) {
  return make(Op::lt, {std::move(a), std::move(b)});
}

Term le(Term a, Term b) {
  return make(Op::le, {std::move(a), std::move(b)});
}

Term both(Term a, Term b) {
  return make(Op::logical_and, {std::move(a), std::move(b)});
}

Term either(Term a, Term b) {
  return make(Op::logical_or, {std::move(a), std::move(b)});
}

Term negate(Term a) {
  return make(Op::logical_not, {std::move(a)});
}

Term ite(Term c, Term a, Term b) {
  return make(Op::ite, {std::move(c), std::move(a), std::move(b)});
}

bool equal(const Term& a, const Term& b) {
  if (a == b) return true;
  if (a == nullptr || b == nullptr) return false;
  if (a->op != b->op || a->value != b->value || a->name != b->name ||
      a->args.size() != b->args.size()) {
    return false;
  }
  return std::ranges::equal(a->args, b->args,
                            [](const Term& x, const Term& y) { return equal(x, y); });
}

bool is_constant(const Term& t, Atom value) {
  return t != nullptr && t->op == Op::constant && t->value == value;
}

std::string text(const Term& t, const Symbols& symbols) {
  if (t == nullptr) return "TRUE";
  switch (t->op) {
    case Op::constant: return symbols.text(t->value);
    case Op::variable: return t->name + (t->value == 0 ? "" : "#" + std::to_string(t->value));
    case Op::logical_not: return "~" + text(t->args[0], symbols);
    case Op::ite:
      return "(IF " + text(t->args[0], symbols) + " THEN " + text(t->args[1], symbols) + " ELSE " +
             text(t->args[2], symbols) + ")";
    default:
      return "(" + text(t->args[0], symbols) + std::string{infix(t->op)} +
             text(t->args[1], symbols) + ")";
  }
}

std::vector<Term> comparisons(const Term& t) {
  std::vector<Term> out;
  const std::function<void(const Term&)> collect = [&](const Term& one) {
    const bool unequal = one->op == Op::ne;
    if (!unequal && one->op != Op::eq && one->op != Op::lt && one->op != Op::le) {
      for (const Term& arg : one->args) collect(arg);
      return;
    }
    Term found = unequal ? eq(one->args[0], one->args[1]) : one;
    if (std::ranges::none_of(out, [&](const Term& known) { return equal(known, found); })) {
      out.push_back(std::move(found));
    }
  };
  collect(t);
  return out;
}

Term replace(const Term& t, const Term& comparison, const Term& by) {
  if (equal(t, comparison)) return by;
  if (t->op == Op::ne) return negate(replace(eq(t->args[0], t->args[1]), comparison, by));
  if (t->args.empty()) return t;
  std::vector<Term> args;
  for (const Term& arg : t->args) args.push_back(replace(arg, comparison, by));
  return make(t->op, std::move(args));
}

Term substitute(const Term& t, const std::function<Term(const TermNode&)>& f) {
  if (t == nullptr || t->op == Op::constant) return t;
  if (t->op == Op::variable) {
    Term replaced = f(*t);
    return replaced == nullptr ? t : replaced;
  }
  std::vector<Term> args;
  for (const Term& arg : t->args) args.push_back(substitute(arg, f));
  Term made = make(t->op, args);
  if (t->op != Op::ite || t->name.empty() || made->op != Op::ite) return made;
  return node({t->op, 0, t->name, std::move(args)});  // a join stays one
}

Term join(Term condition, Term then, Term otherwise) {
  const Term plain = ite(condition, then, otherwise);
  if (plain->op != Op::ite) return plain;
  return node({Op::ite, 0, "join", {std::move(condition), std::move(then), std::move(otherwise)}});
}

Atom evaluate(const Term& t, const std::function<Atom(const TermNode&)>& value_of) {
  if (t->op == Op::constant) return t->value;
  if (t->op == Op::variable) return value_of(*t);
  if (t->op == Op::ite)
    return evaluate(t->args[evaluate(t->args[0], value_of) != 0 ? 1 : 2], value_of);
  std::vector<Atom> values;
  for (const Term& arg : t->args) values.push_back(evaluate(arg, value_of));
  return calculate(t->op, values);
}

}  // namespace lockstep::term
