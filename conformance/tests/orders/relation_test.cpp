// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/relation.hpp"

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
  for (const Edge& e : r) {
    if (e.lit == lit_true) out.emplace(e.from, e.to);
  }
  return out;
}

Relation fixed(const Pairs& pairs) {
  std::vector<Edge> out;
  for (const auto& [from, to] : pairs) out.push_back({from, to, lit_true});
  return Relation{std::move(out)};
}

/// Each pair under a literal of its own.
Relation open(const Pairs& pairs, Clauses& clauses) {
  std::vector<Edge> out;
  for (const auto& [from, to] : pairs) out.push_back({from, to, clauses.fresh()});
  return Relation{std::move(out)};
}

/// Some of them, and the assumptions that say which.
Pairs choose(const Relation& r, std::mt19937& random, std::vector<Lit>& assumed) {
  Pairs out;
  for (const Edge& e : r) {
    const bool take = random() % 2 == 0;
    assumed.push_back(take ? e.lit : -e.lit);
    if (take) out.emplace(e.from, e.to);
  }
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
    Clauses clauses{z3_solver(10'000)};
    const Relation r = open(some(random, 12), clauses);
    forbid_cycles(r, clauses);
    for (int choice = 0; choice < 20; ++choice) {
      std::vector<Lit> assumed;
      const Pairs chosen = choose(r, random, assumed);
      CHECK((clauses.check(assumed) == Solver::Result::sat) != cyclic(chosen));
    }
  }
}

TEST_CASE("One-sided relations force what must hold, and nothing else", "[orders]") {
  std::mt19937 random{13};
  for (int round = 0; round < 20; ++round) {
    Clauses clauses{z3_solver(10'000)};
    Algebra algebra{clauses};
    const Relation a = open(some(random, 8), clauses), b = open(some(random, 8), clauses);
    const Relation result = algebra.plus(algebra.unite(std::vector{algebra.sequence(a, b), a}));
    std::vector<Lit> assumed;
    const Pairs in_a = choose(a, random, assumed), in_b = choose(b, random, assumed);
    Pairs expected = sequence(in_a, in_b);
    expected.insert(in_a.begin(), in_a.end());
    expected = closure(expected);
    Pairs possible;
    for (const Edge& e : result) {
      std::vector<Lit> without = assumed;
      without.push_back(-e.lit);
      possible.emplace(e.from, e.to);
      CHECK((clauses.check(without) == Solver::Result::unsat) == expected.contains({e.from, e.to}));
    }
    for (const auto& pair : expected) CHECK(possible.contains(pair));
  }
}

TEST_CASE("A set picks from a relation what its identity, in sequence, would pick", "[orders]") {
  std::mt19937 random{17};
  Clauses dry;
  Algebra algebra{dry};
  for (int round = 0; round < 100; ++round) {
    const Relation r = fixed(some(random, 9));
    EventSet set;
    for (int e = 0; e < events; ++e) set.set(e, random() % 2 == 0 ? lit_true : lit_false);
    CHECK(pairs_of(algebra.from(set, r)) == pairs_of(algebra.sequence(algebra.on(set), r)));
    CHECK(pairs_of(algebra.into(r, set)) == pairs_of(algebra.sequence(r, algebra.on(set))));
  }
}
