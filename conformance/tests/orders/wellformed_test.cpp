// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/wellformed.hpp"

#include <catch2/catch.hpp>

#include "orders/encode/observe.hpp"
#include "orders/program/builder.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

Term number(Atom value) {
  return term::constant(value);
}

/// Two writes of x, a read of it, a branch, and a last value.
struct Sample {
  Program program;
  int first, second, read, branch;

  Sample() {
    program.name = "sample";
    initially(program, shared("x"), number(0));
    ThreadBuilder a{program, "a"};
    a.write("First", shared("x"), number(1), Order::once);
    first = a.last().id;
    a.write("Second", shared("x"), number(2), Order::once);
    second = a.last().id;
    ThreadBuilder b{program, "b"};
    const Term r = b.read("Read", shared("x"), Order::once);
    read = b.last().id;
    b.assume(term::ne(r, number(0)));
    b.enter(term::eq(r, number(1)));
    b.write("Branch", shared("y"), r, Order::once);
    branch = b.last().id;
    b.leave();
    program.finals.push_back({shared("x"), term::variable("last x")});
    program.forbidden = term::eq(r, number(1));
  }
  Execution witness() const { return *observe(program, builtin_model("lkmm")).shows; }
};

}  // namespace

TEST_CASE("Each way to be no execution is noticed", "[orders]") {
  const Sample s;
  Execution x = s.witness();
  REQUIRE(malformed(s.program, x).empty());
  SECTION("an event against its guard") {
    x.happened[s.branch] = false;
  }
  SECTION("a write of another value") {
    x.values[s.branch] = 7;
  }
  SECTION("a read from nowhere") {
    x.reads_from.erase(s.read);
  }
  SECTION("a read of another value") {
    x.reads_from[s.read] = s.second;
  }
  SECTION("a read of another cell") {
    x.reads_from[s.read] = s.branch;
  }
  SECTION("writes without an order") {
    std::erase(x.order, std::pair{s.first, s.second});
    x.choices["last x"] = 2;
  }
  SECTION("writes in both orders") {
    x.order.emplace_back(s.second, s.first);
  }
  SECTION("the initial write is not first") {
    std::erase(x.order, std::pair{0, s.second});
    x.order.emplace_back(s.second, 0);
  }
  SECTION("another last value") {
    x.choices["last x"] = 1;
  }
  SECTION("an assumption that does not hold") {
    x.values[s.read] = 0;
    x.reads_from[s.read] = 0;
    x.happened[s.branch] = false;
  }
  INFO(malformed(s.program, x));
  CHECK_FALSE(malformed(s.program, x).empty());
}
