// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/values.hpp"

#include <catch2/catch.hpp>

using namespace lockstep;
using namespace lockstep::orders;

namespace {

/// Small numbers, and two names; or the 16 bits of a program whose domains are not known.
std::optional<Domains> domains(bool known) {
  if (!known) return std::nullopt;
  return Domains{-64, 64, {first_symbol + 1, first_symbol + 5}};
}

}  // namespace

TEST_CASE("Every operation on bits is that of the numbers", "[orders]") {
  const bool known = GENERATE(true, false);
  Clauses clauses{z3_solver(10'000)};
  Values values{clauses, domains(known)};
  const Term x = term::variable("x"), y = term::variable("y");
  for (const Op op : {Op::add, Op::sub, Op::mul, Op::band, Op::bor, Op::bxor, Op::eq, Op::ne,
                      Op::lt, Op::le, Op::logical_and, Op::logical_or}) {
    const Term result = term::make(op, {x, y});
    const Term chosen = term::ite(term::lt(x, y), result, term::negate(x));
    for (Atom a = -5; a <= 7; a += 3) {
      for (Atom b = -4; b <= 6; b += 2) {
        const auto value = [a, b](const TermNode& v) { return v.name == "x" ? a : b; };
        const std::vector<Lit> wanted{values.condition(term::eq(x, term::constant(a))),
                                      values.condition(term::eq(y, term::constant(b)))};
        REQUIRE(clauses.check(wanted) == Solver::Result::sat);
        values.number(result);
        values.number(chosen);
        REQUIRE(clauses.check(wanted) == Solver::Result::sat);
        CAPTURE(static_cast<int>(op), a, b);
        CHECK(values.atom(result) == term::evaluate(result, value));
        CHECK(values.atom(chosen) == term::evaluate(chosen, value));
      }
    }
  }
}

TEST_CASE("A name equals itself alone", "[orders]") {
  const bool known = GENERATE(true, false);
  Clauses clauses{z3_solver(10'000)};
  Values values{clauses, domains(known)};
  const Term x = term::variable("x");
  const Term one = term::constant(first_symbol + 1), five = term::constant(first_symbol + 5);
  const Lit is_one = values.condition(term::eq(x, one)),
            is_five = values.condition(term::eq(x, five));
  for (Atom a = -64; a <= 64; ++a) {
    const Lit is_number = values.condition(term::eq(x, term::constant(a)));
    CHECK(clauses.check(std::vector{is_one, is_number}) == Solver::Result::unsat);
  }
  CHECK(clauses.check(std::vector{is_one, is_five}) == Solver::Result::unsat);
  REQUIRE(clauses.check(std::vector{is_five}) == Solver::Result::sat);
  CHECK(values.atom(x) == first_symbol + 5);
}
