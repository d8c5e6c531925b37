// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/relation.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <random>
#include <set>

using namespace lockstep::orders;

namespace {

using Pairs = std::set<std::pair<int, int>>;
constexpr int events = 6;

Pairs pairs_of(const Relation& r) {
  Pairs out;
  for (const auto& [pair, lit] : r) {
    if (lit == lit_true) out.insert(pair);
  }
  return out;
}

Relation fixed(const Pairs& pairs) {
  Relation out;
  for (const auto& p : pairs) out[p] = lit_true;
  return out;
}

Pairs some(std::mt19937& random, int count) {
  std::uniform_int_distribution<int> event{0, events - 1};
  Pairs out;
  for (int i = 0; i < count; ++i) out.emplace(event(random), event(random));
  return out;
}

Pairs sequence(const Pairs& a, const Pairs& b) {
  Pairs out;
  for (const auto& [x, y] : a) {
    for (const auto& [z, w] : b) {
      if (y == z) out.emplace(x, w);
    }
  }
  return out;
}

Pairs closure(Pairs r) {
  for (std::size_t before = 0; before != r.size();) {
    before = r.size();
    r.merge(sequence(r, r));
  }
  return r;
}

bool cyclic(const Pairs& r) {
  for (const auto& [x, y] : closure(r)) {
    if (x == y) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Operations on known relations are those of sets of pairs", "[orders]") {
  std::mt19937 random{7};
  Clauses dry;
  Algebra algebra{dry};
  for (int round = 0; round < 200; ++round) {
    const Pairs a = some(random, 7), b = some(random, 7);
    Pairs united = a, common, without = a, optional = a, inverse;
    united.insert(b.begin(), b.end());
    for (const auto& p : a) {
      if (b.contains(p)) common.insert(p), without.erase(p);
      inverse.emplace(p.second, p.first);
    }
    for (int e = 0; e < events; ++e) optional.emplace(e, e);
    CHECK(pairs_of(algebra.unite(std::vector{fixed(a), fixed(b)})) == united);
    CHECK(pairs_of(algebra.intersect(fixed(a), fixed(b))) == common);
    CHECK(pairs_of(algebra.subtract(fixed(a), fixed(b))) == without);
    CHECK(pairs_of(algebra.sequence(fixed(a), fixed(b))) == sequence(a, b));
    CHECK(pairs_of(algebra.inverse(fixed(a))) == inverse);
    CHECK(pairs_of(algebra.optional(fixed(a), events)) == optional);
    CHECK(pairs_of(algebra.plus(fixed(a))) == closure(a));
    const std::vector<int> cycle = forbid_cycles(fixed(a), dry);
    CHECK(cycle.empty() != cyclic(a));
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      CHECK(a.contains({cycle[i], cycle[(i + 1) % cycle.size()]}));
    }
  }
}

TEST_CASE("Vertex elimination forbids exactly the cyclic graphs", "[orders]") {
  // Each pair is a free literal; every choice of a few of them is put to the solver.
  std::mt19937 random{11};
  for (int round = 0; round < 30; ++round) {
    z3::context context;
    z3::solver solver{context, "QF_FD"};
    Clauses clauses{context, solver};
    Relation r;
    for (const auto& p : some(random, 12)) r[p] = clauses.fresh();
    forbid_cycles(r, clauses);
    for (int choice = 0; choice < 20; ++choice) {
      z3::expr_vector assumed{context};
      Pairs chosen;
      for (const auto& [pair, lit] : r) {
        const bool take = random() % 2 == 0;
        assumed.push_back(clauses.expr(take ? lit : -lit));
        if (take) chosen.insert(pair);
      }
      CHECK((solver.check(assumed) == z3::sat) != cyclic(chosen));
    }
  }
}

TEST_CASE("One-sided relations force what must hold, and nothing else", "[orders]") {
  std::mt19937 random{13};
  for (int round = 0; round < 20; ++round) {
    z3::context context;
    z3::solver solver{context, "QF_FD"};
    Clauses clauses{context, solver};
    Algebra algebra{clauses};
    Relation a, b;
    for (const auto& p : some(random, 8)) a[p] = clauses.fresh();
    for (const auto& p : some(random, 8)) b[p] = clauses.fresh();
    const Relation result = algebra.plus(algebra.unite(std::vector{algebra.sequence(a, b), a}));
    z3::expr_vector assumed{context};
    Pairs in_a, in_b;
    const auto choose = [&](const Relation& r, Pairs& chosen) {
      for (const auto& [pair, lit] : r) {
        const bool take = random() % 2 == 0;
        assumed.push_back(clauses.expr(take ? lit : -lit));
        if (take) chosen.insert(pair);
      }
    };
    choose(a, in_a);
    choose(b, in_b);
    Pairs expected = sequence(in_a, in_b);
    expected.insert(in_a.begin(), in_a.end());
    expected = closure(expected);
    for (const auto& [pair, lit] : result) {
      z3::expr_vector without{context};  // a copy would be the same vector
      for (const z3::expr& e : assumed) without.push_back(e);
      without.push_back(clauses.expr(-lit));
      CHECK((solver.check(without) == z3::unsat) == expected.contains(pair));
    }
    for (const auto& pair : expected) CHECK(result.contains(pair));
  }
}
