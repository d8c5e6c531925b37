// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/shown.hpp"

#include <catch2/catch.hpp>

#include "subject.hpp"
#include "toy.hpp"

// What one proof has shown is not asked again by the next: of the same text alone.
namespace lockstep::testing {

using unbounded::Reading;
using unbounded::Shown;

namespace {

/// Terms no two of which say the same.
std::vector<z3::expr> terms(z3::context& c) {
  const z3::sort box = c.uninterpreted_sort("Box"), user = c.uninterpreted_sort("User");
  const z3::expr b = c.constant("b", box), other = c.constant("other", box);
  const z3::expr u = c.constant("u", user), w = c.constant("w", user);
  const z3::expr n = c.int_const("n"), m = c.int_const("m"), flag = c.bool_const("flag");
  const z3::func_decl count = c.function("count", box, c.int_sort());
  const z3::func_decl at = c.function("at", user, box), in = c.function("in", user, box);
  return {b == other,
          c.constant("b", user) == u,
          u == w,
          n == m,
          n + m == 0,
          n - m == 0,
          n + m == 1,
          n + m == -1,
          n < m,
          n <= m,
          m < n,
          count(b) == n,
          count(other) == n,
          count(at(u)) == n,
          count(in(u)) == n,
          flag,
          !flag,
          flag && n < m,
          flag || n < m,
          z3::implies(flag, n < m),
          z3::implies(n < m, flag),
          z3::ite(flag, n, m) == 0,
          z3::ite(flag, m, n) == 0,
          z3::forall(b, count(b) == n),
          z3::exists(b, count(b) == n),
          z3::forall(u, at(u) == b),
          z3::forall(u, in(u) == b),
          z3::forall(b, z3::forall(u, at(u) == b)),
          z3::forall(b, u, at(u) == b),
          z3::forall(u, b, at(u) == b),
          z3::forall(b, z3::forall(other, count(b) < count(other))),
          z3::forall(b, z3::forall(other, count(other) < count(b))),
          z3::forall(b, z3::forall(other, count(b) < count(b))),
          c.real_val(1) == c.real_const("n"),
          c.int_val(1) == n,
          c.int_val("10000000000000000000000") == n,
          c.int_val("10000000000000000000001") == n};
}

/// What a proof says, in full.
std::string told(const unbounded::Proof& proof) {
  std::string out{name_of(proof.verdict)};
  for (const unbounded::Failure& f : proof.failures) out += "; " + f.edge + ", " + f.conjunct;
  return out;
}

}  // namespace

TEST_CASE("what differs has another text, what does not has the same in every context", "[quick]") {
  z3::context one, another;
  Shown shown;
  Reading reading(shown), other_reading(shown);
  const auto some = terms(one), same = terms(another);
  std::map<Shown::Text, std::size_t> met;
  for (std::size_t i = 0; i < some.size(); ++i) {
    CAPTURE(some[i].to_string());
    const Shown::Text text = reading.text(some[i]);
    CHECK(text != 0);
    const auto [before, is_new] = met.emplace(text, i);
    if (!is_new) FAIL_CHECK("has the text of " << some[before->second].to_string());
    CHECK(other_reading.text(same[i]) == text);
  }
}

TEST_CASE("the names of bound variables are no part of a text", "[quick]") {
  z3::context c;
  Shown shown;
  Reading reading(shown);
  const z3::expr x = c.int_const("x"), y = c.int_const("y");
  CHECK(reading.text(z3::forall(x, x > 0)) == reading.text(z3::forall(y, y > 0)));
  CHECK(reading.text(x > 0) != reading.text(y > 0));
}

TEST_CASE("of several terms the order is no part of their text, each of them is", "[quick]") {
  z3::context c;
  Shown shown;
  Reading reading(shown);
  const z3::expr x = c.bool_const("x"), y = c.bool_const("y");
  const auto all = [&](std::initializer_list<z3::expr> terms) {
    z3::expr_vector out(c);
    for (const z3::expr& e : terms) out.push_back(e);
    return reading.text(out);
  };
  CHECK(all({x, y}) == all({y, x}));
  CHECK(all({x, y}) != all({x}));
  CHECK(all({}) != all({x}));
  CHECK(all({}) != 0);
}

TEST_CASE("what is not understood is the same as nothing", "[quick]") {
  z3::context c;
  Shown shown;
  Reading reading(shown);
  const z3::expr bits = c.bv_const("bits", 8);
  const z3::expr low = bits.extract(3, 0) == c.bv_val(1, 4);
  CHECK(reading.text(low) == 0);
  z3::expr_vector with(c);
  with.push_back(c.bool_const("x"));
  with.push_back(low);
  CHECK(reading.text(with) == 0);
  const Shown::Text x = reading.text(c.bool_const("x"));
  for (const Shown::Query& query : {Shown::Query{0, x}, {x, 0}}) {
    shown.add(query, {x});
    CHECK_FALSE(shown.has(query, {x}));
  }
  shown.add({x, x}, {0, x});
  CHECK_FALSE(shown.has({x, x}, {0, x}));
  shown.add({x, x}, {x});
  CHECK(shown.has({x, x}, {x}));
  CHECK_FALSE(shown.has({x, x + 1}, {x}));
}

TEST_CASE("what was shown from some of what is known is shown, from more it is not", "[quick]") {
  Shown shown;
  shown.add({1, 2}, {7, 5});
  CHECK(shown.has({1, 2}, {5, 7}));
  CHECK(shown.has({1, 2}, {3, 5, 6, 7, 8}));
  CHECK_FALSE(shown.has({1, 2}, {5}));
  CHECK_FALSE(shown.has({1, 2}, {5, 6, 8}));
  shown.add({1, 2}, {6});
  CHECK(shown.has({1, 2}, {5, 6, 8}));
  CHECK_FALSE(shown.has({2, 1}, {5, 6, 7}));
}

TEST_CASE("the same proof once more asks nothing", "[quick]") {
  Toy toy;
  toy.conjuncts = {Toy::counted, Toy::somewhere};
  toy.properties = {"\\A b \\in Boxes : count[b] >= 0"};
  Shown shown;
  CHECK(toy.prove({}, &shown).shown_before == 0);
  const unbounded::Proof again = toy.prove({}, &shown);
  CHECK(again.queries > 0);
  CHECK(again.shown_before == again.queries);
  CHECK(told(again) == "PROVED");
}

TEST_CASE("whatever was shown before, a proof says what it says alone", "[quick]") {
  Shown shown;
  const auto check = [&](const Toy& toy) {
    const std::string alone = told(toy.prove());
    CHECK(told(toy.prove({}, &shown)) == alone);
    CHECK(told(toy.prove({}, &shown)) == alone);
  };
  const auto toy = [] {
    Toy out;
    out.conjuncts = {Toy::counted, Toy::somewhere};
    return out;
  };
  check(toy());
  for (const Toy::Node node : {Toy::enter, Toy::leave}) {
    for (const int by : {0, 2, -1}) {
      Toy wrong = toy();
      wrong.user.nodes[node].new_value =
          term::make(Op::add, {term::variable("@"), term::constant(by)});
      check(wrong);
    }
  }
  Toy less = toy();
  less.conjuncts = {Toy::counted};
  check(less);
  less.conjuncts = {Toy::somewhere, Toy::counted};
  check(less);
  less.properties = {"\\A b \\in Boxes : count[b] <= 1"};
  check(less);
  Toy never = toy();
  never.user.edges[Toy::enters].condition = term::eq(term::variable("@"), term::constant(1));
  check(never);
  Toy keeps = toy();
  keeps.user.edges[Toy::leaves].updates.clear();
  check(keeps);
  keeps.conjuncts.push_back("\\A u \\in Users : pc[u] = \"Idle\" => at[u] = Null");
  check(keeps);
  check(toy());
  // The same is denied after another step.
  Toy guarded = toy();
  guarded.conjuncts.push_back("\\A b \\in Boxes : count[b] <= 1");
  guarded.user.nodes[Toy::enter].guard = term::eq(term::variable("@"), term::constant(0));
  CHECK(told(guarded.prove()) == "PROVED");
  check(guarded);
  guarded.user.nodes[Toy::enter].guard = nullptr;
  CHECK(told(guarded.prove()) != "PROVED");
  check(guarded);
  // Of several parts one fails: they are asked at once, then one by one.
  Toy parts = toy();
  parts.conjuncts.push_back("\\A b \\in Boxes : count[b] <= 1 /\\ count[b] <= 2");
  CHECK(told(parts.prove()) != "PROVED");
  check(parts);
}

TEST_CASE("where a task may stand is the union of the forms, and proves what they prove") {
  Shown shown;
  unbounded::Question holds = subject_of("holds").question;
  const auto places = [](const unbounded::Question& q) {
    return places_of(q.automata, unbounded::ways_of(q.automata));
  };
  CHECK(unbounded::together(places(holds), places(holds)) == places(holds));
  for (const ManifestVariant& variant : proved().variants) {
    if (variant.holds) continue;
    // The first that breaks, asked with what is shown of the one that holds.
    const ProofSubject subject = subject_of(variant.name);
    const ProofSubject one = subject_of("holds");
    unbounded::Question first = one.question, second = subject.question;
    first.places = second.places = unbounded::together(places(first), places(second));
    unbounded::Options options;
    CHECK(unbounded::Prover(first, &shown).prove(options).verdict ==
          unbounded::Proof::Verdict::proved);
    const unbounded::Proof after = unbounded::Prover(second, &shown).prove(options);
    CHECK(after.shown_before > after.queries / 2);
    CHECK(told(after) == told(unbounded::Prover(second).prove(options)));
    return;
  }
}

}  // namespace lockstep::testing
