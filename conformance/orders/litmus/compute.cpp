// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <map>
#include <optional>

#include "orders/litmus/thread_reader.hpp"

namespace lockstep::orders::litmus {

namespace {

std::optional<long> fold(const std::string& op, long a, long b) {
  const bool shifts = b >= 0 && b < 16;
  if (op == "/" && b != 0) return a / b;
  if (op == "%" && b != 0) return a % b;
  if (op == "<<" && shifts && a >= 0) return a << b;
  if (op == ">>" && shifts && a >= 0) return a >> b;
  return std::nullopt;
}

bool is_number(const Term& t) { return t->op == Op::constant && !is_symbol(t->value); }
bool is_address(const Term& t) { return t->op == Op::constant && is_symbol(t->value); }

/// A pointer stays what it is where nothing is added; elsewhere it leads to no variable.
Term moved(const Term& pointer, const Term& by, Place place, Context& context) {
  const Term nowhere = context.address("(no variable)");
  return context.bounded(term::ite(term::eq(by, term::constant(0)), pointer, nowhere), place);
}

}  // namespace

Term compute(const std::string& op, const Term& a, const Term& b, Place place, Context& context) {
  static const std::map<std::string, Op> ops{
      {"+", Op::add},   {"-", Op::sub}, {"*", Op::mul}, {"&", Op::band}, {"|", Op::bor},
      {"^", Op::bxor},  {"==", Op::eq}, {"!=", Op::ne}, {"<", Op::lt},   {"<=", Op::le}};
  if (op == ">") return compute("<", b, a, place, context);
  if (op == ">=") return compute("<=", b, a, place, context);
  const bool compares = op == "==" || op == "!=";
  if (op == "+" && is_address(a) && !is_address(b)) return moved(a, b, place, context);
  if (op == "+" && is_address(b) && !is_address(a)) return moved(b, a, place, context);
  if (op == "-" && is_address(a) && !is_address(b)) return moved(a, b, place, context);
  if (!compares && (is_address(a) || is_address(b))) {
    context.source.unsupported(place, "'" + op + "' on an address");
  }
  if (is_number(a) && is_number(b)) {
    if (const auto folded = fold(op, a->value, b->value)) {
      return context.bounded(term::constant(static_cast<Atom>(*folded)), place);
    }
  }
  if (op == "<<" && is_number(b) && b->value >= 0 && b->value < 13) {
    return compute("*", a, term::constant(1 << b->value), place, context);
  }
  const auto found = ops.find(op);
  if (found == ops.end()) {
    context.source.unsupported(place, "'" + op + "' on what is not known before the test runs");
  }
  if (compares && term::equal(a, b) && a->op != Op::constant) {
    // Known, and yet what was read flows into it.
    const Term zero = term::eq(a, term::constant(0)), other = term::ne(a, term::constant(0));
    return context.bounded(op == "==" ? term::either(zero, other) : term::both(zero, other), place);
  }
  Term result = context.bounded(term::make(found->second, {a, b}), place);
  if (!compares && result->op != Op::constant) context.computed.push_back({result, place});
  return result;
}

}  // namespace lockstep::orders::litmus
