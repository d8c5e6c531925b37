// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/solver.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "orders/encode/observe.hpp"
#include "tests/orders/cases.hpp"

using namespace lockstep::orders;

TEST_CASE("The two solvers agree about random clauses, their assignments and cores", "[orders]") {
  std::mt19937 random{3};
  int sat = 0, unsat = 0;
  for (int round = 0; round < 60; ++round) {
    const auto a = z3_solver(10'000), b = cadical(10'000);
    std::vector<std::vector<Lit>> clauses;
    const auto some = [&random] {
      const Lit variable = 2 + static_cast<Lit>(random() % 12);
      return random() % 2 == 0 ? variable : -variable;
    };
    for (int i = 0; i < 44; ++i) {
      clauses.push_back({some(), some(), some()});
      for (Solver* s : {a.get(), b.get()}) s->add(clauses.back());
    }
    for (int question = 0; question < 4; ++question) {
      const std::vector<Lit> assumed{some(), some(), some()};
      const Solver::Result result = a->check(assumed);
      CHECK(b->check(assumed) == result);
      (result == Solver::Result::sat ? sat : unsat) += 1;
      for (Solver* s : {a.get(), b.get()}) {
        if (result == Solver::Result::sat) {
          for (const Lit lit : assumed) CHECK(s->value(lit));
          for (const auto& c : clauses) CHECK((s->value(c[0]) || s->value(c[1]) || s->value(c[2])));
        } else {
          CHECK(s->check(s->core()) == Solver::Result::unsat);
        }
      }
    }
  }
  CHECK(sat > 20);
  CHECK(unsat > 20);
}

TEST_CASE("The two solvers agree about every case", "[orders]") {
  Cases cases;
  for (void (*add)(Cases&) : {add_shapes, add_fragments, add_rmw_cases, add_plain_cases})
    add(cases);
  REQUIRE(cases.all.size() > 50);
  for (const Case& c : cases.all) {
    INFO(c.about);
    const Observation one = observe(c.program, builtin_model("lkmm"), quick());
    const Observation other = observe(c.program, builtin_model("lkmm"), Limits{});
    CHECK(one.verdict == other.verdict);
    CHECK(one.race == other.race);
    CHECK(one.verdict != Observed::unknown);
  }
}

TEST_CASE("A solver that runs out of time says so", "[orders]") {
  // Twelve pigeons in eleven holes: too much for so short a time.
  for (const SolverName name : {SolverName::z3, SolverName::cadical}) {
    const auto solver = make_solver(name, 50);
    const auto in = [](int pigeon, int hole) { return 2 + pigeon * 11 + hole; };
    for (int p = 0; p < 12; ++p) {
      std::vector<Lit> somewhere;
      for (int h = 0; h < 11; ++h) somewhere.push_back(in(p, h));
      solver->add(somewhere);
      for (int q = 0; q < p; ++q) {
        for (int h = 0; h < 11; ++h) solver->add(std::vector{-in(p, h), -in(q, h)});
      }
    }
    CHECK(solver->check({}) == Solver::Result::unknown);
    CHECK_FALSE(solver->reason().empty());
  }
}
