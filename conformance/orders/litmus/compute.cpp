// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <limits>
#include <map>
#include <optional>

#include "orders/litmus/thread_reader.hpp"

namespace lockstep::orders::litmus {

namespace {

/// Of two numbers of 64 bits; nothing where C does not say what it is, or where we do not.
std::optional<long> fold(const std::string& op, long a, long b) {
  long out = 0;
  if (op == "+") return __builtin_add_overflow(a, b, &out) ? std::nullopt : std::optional{out};
  if (op == "-") return __builtin_sub_overflow(a, b, &out) ? std::nullopt : std::optional{out};
  if (op == "*") return __builtin_mul_overflow(a, b, &out) ? std::nullopt : std::optional{out};
  if (op == "&") return a & b;
  if (op == "|") return a | b;
  if (op == "^") return a ^ b;
  if (op == "==") return a == b;
  if (op == "!=") return a != b;
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  const bool divides = b != 0 && !(b == -1 && a == std::numeric_limits<long>::min());
  const bool shifts = b >= 0 && b < 63 && a >= 0;
  if (op == "/" && divides) return a / b;
  if (op == "%" && divides) return a % b;
  if (op == "<<" && shifts && (a << b) >> b == a && (a << b) >= 0) return a << b;
  if (op == ">>" && shifts) return a >> b;
  return std::nullopt;
}

/// A pointer stays what it is where nothing is added; elsewhere it leads to no variable.
Term moved(const Term& pointer, const Term& by, Place place, Context& context) {
  const Term nowhere = context.address("(no variable)");
  return context.bounded(term::ite(term::eq(by, term::constant(0)), pointer, nowhere), place);
}

}  // namespace

Term compute(const std::string& op, const Term& a, const Term& b, Place place, Context& context) {
  static const std::map<std::string, Op> ops{
      {"+", Op::add},  {"-", Op::sub}, {"*", Op::mul}, {"&", Op::band}, {"|", Op::bor},
      {"^", Op::bxor}, {"==", Op::eq}, {"!=", Op::ne}, {"<", Op::lt},   {"<=", Op::le}};
  if (op == ">") return compute("<", b, a, place, context);
  if (op == ">=") return compute("<=", b, a, place, context);
  const bool compares = op == "==" || op == "!=";
  const std::optional<long> left = context.number_of(a), right = context.number_of(b);
  if (left && right) {
    if (const auto folded = fold(op, *left, *right)) return context.number(*folded);
    context.source.unsupported(
        place, "'" + op + "' of " + std::to_string(*left) + " and " + std::to_string(*right));
  }
  const auto is_address = [&](const Term& t) {
    return t->op == Op::constant && !context.number_of(t);
  };
  for (const auto& number : {left, right}) {
    if (compares || !number || (*number <= limits::number && *number >= -limits::number)) continue;
    context.source.unsupported(
        place, "'" + op + "' with a number beyond " + std::to_string(limits::number));
  }
  if (op == "+" && is_address(a) && !is_address(b)) return moved(a, b, place, context);
  if (op == "+" && is_address(b) && !is_address(a)) return moved(b, a, place, context);
  if (op == "-" && is_address(a) && !is_address(b)) return moved(a, b, place, context);
  if (!compares && (is_address(a) || is_address(b))) {
    context.source.unsupported(place, "'" + op + "' on an address");
  }
  if (op == "<<" && right && *right >= 0 && *right < 31) {
    return compute("*", a, term::constant(Atom{1} << *right), place, context);
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
