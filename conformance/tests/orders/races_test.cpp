// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/races.hpp"

#include <catch2/catch.hpp>

#include "tests/orders/shapes.hpp"

// Which accesses race, by their sites.
namespace lockstep::orders {

using enum Order;

namespace {

/// Two tasks write and read x as `x` says, y with marked accesses.
Program two_cells(Order write, Order read) {
  Program p = program("two cells", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("Write_X", shared("x"), number(1), write);
  a.write("Write_Y", shared("y"), number(1), once);
  ThreadBuilder b{p, "b"};
  b.read("Read_Y", shared("y"), once);
  b.read("Read_X.x", shared("x"), read);
  p.forbidden = number(0);
  return p;
}

std::string lkmm(const Program& p) {
  const Races found = races(p, builtin_model("lkmm"));
  return found.reason.empty() ? text(found.found) : "not known: " + found.reason;
}

}  // namespace

TEST_CASE("what races is named by its sites, without the cell beside the access", "[orders]") {
  CHECK(lkmm(two_cells(plain, plain)) == "Read_X with Write_X");
  CHECK(lkmm(two_cells(once, plain)) == "Read_X with Write_X");
  CHECK(lkmm(two_cells(plain, once)) == "Read_X with Write_X");
  CHECK(lkmm(two_cells(once, once)) == "none");
}

TEST_CASE("a site races with itself, and several races are all told", "[orders]") {
  Program p = program("twice", {"x"});
  for (const char* task : {"a", "b"}) {
    ThreadBuilder{p, task}.write("Write", shared("x"), number(1), plain);
  }
  ThreadBuilder{p, "c"}.read("Read", shared("x"), once);
  p.forbidden = number(0);
  CHECK(lkmm(p) == "Read with Write, Write with Write");
}

TEST_CASE("what a branch keeps apart does not race", "[orders]") {
  Program p = program("handed over", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("Fill", shared("x"), number(1), plain);
  a.write("Publish", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  b.enter(equals(b.read("Look", shared("y"), acquire), 1));
  b.read("Use", shared("x"), plain);
  b.leave();
  p.forbidden = number(0);
  CHECK(lkmm(p) == "none");
}

TEST_CASE("a model without flags knows no races; without an execution nothing is known",
          "[orders]") {
  CHECK(races(two_cells(plain, plain), builtin_model("sc")).found.empty());
  Program p = two_cells(plain, plain);
  ThreadBuilder{p, "c"}.assume(number(0));
  const Races none = races(p, builtin_model("lkmm"));
  CHECK(none.found.empty());
  CHECK_THAT(none.reason, Catch::Contains("no execution"));
}

}  // namespace lockstep::orders
