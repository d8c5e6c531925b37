// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/thin_air.hpp"

#include <catch2/catch.hpp>

#include "orders/encode/observe.hpp"
#include "orders/program/builder.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

Term number(Atom value) {
  return term::constant(value);
}

/// Each thread copies one variable to the other, by `made` of what it read.
struct Copies {
  Program program;
  Term first, second;

  template <typename Made>
  explicit Copies(Made made, Order order = Order::plain) {
    program.name = "copies";
    initially(program, shared("x"), number(0));
    initially(program, shared("y"), number(0));
    ThreadBuilder a{program, "a"};
    first = a.read("X", shared("x"), order);
    a.write("Y", shared("y"), made(a, first), order);
    ThreadBuilder b{program, "b"};
    second = b.read("Y", shared("y"), order);
    b.write("X", shared("x"), second, order);
  }
  Observed ends(Term forbidden) {
    program.forbidden = std::move(forbidden);
    return observe(program, builtin_model("lkmm")).verdict;
  }
};

Term copy(ThreadBuilder&, const Term& t) {
  return t;
}

}  // namespace

TEST_CASE("A cycle of copies makes no value", "[orders]") {
  Copies copies{copy};
  CHECK(copies.ends(term::eq(copies.first, number(1))) == Observed::never);
  CHECK(copies.ends(term::eq(copies.first, number(42))) == Observed::never);
  // But there is such a cycle, and what it holds is not 0 either.
  CHECK(copies.ends(term::ne(copies.first, number(0))) == Observed::sometimes);
  CHECK(copies.ends(term::eq(copies.first, number(0))) == Observed::sometimes);
}

TEST_CASE("Nothing is calculated, decided or found with an undetermined value", "[orders]") {
  SECTION("no sum") {
    Copies c{[](ThreadBuilder&, const Term& t) { return term::add(t, number(1)); }};
    CHECK(c.ends(term::ne(c.second, number(1))) == Observed::sometimes);  // 0, from the beginning
    CHECK(c.ends(term::lt(number(1), c.second)) == Observed::never);
  }
  SECTION("no branch") {
    Copies c{[](ThreadBuilder& t, const Term& x) {
      t.enter(term::eq(x, number(0)));
      t.leave();
      t.assume(term::le(x, x));
      return x;
    }};
    CHECK(c.ends(term::ne(c.first, number(0))) == Observed::never);
  }
}

TEST_CASE("Marked copies make no cycle where the model forbids it", "[orders]") {
  Copies copies{copy, Order::once};
  CHECK(copies.ends(term::ne(copies.first, number(0))) == Observed::never);
}

TEST_CASE("Undetermined are reads of a cycle, and those that may read from one", "[orders]") {
  Copies copies{copy};
  ThreadBuilder c{copies.program, "c"};
  const int other = static_cast<int>(copies.program.events.size());
  c.read("X", shared("x"), Order::plain);
  const int tested = other + 1;
  const Term t = c.read("X2", shared("x"), Order::plain);
  c.enter(term::eq(t, number(0)));
  c.write("Z", shared("z"), number(1), Order::plain);
  c.leave();
  const std::vector<bool> loose = may_be_undetermined(copies.program);
  CHECK(std::count(loose.begin(), loose.end(), true) == 3);
  CHECK(loose[other]);
  CHECK_FALSE(loose[tested]);
}
