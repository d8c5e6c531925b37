// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "orders/placements/placement.hpp"
#include "orders/program/builder.hpp"
#include "tests/order_fuzz/interleaver.hpp"

using namespace lockstep::orders;
namespace term = lockstep::term;
using lockstep::Order;

// What random tests come to too rarely, and a mutant of the encoder would get away with.

namespace {

void check(const Program& p, Observed expected) {
  CHECK(name_of(fuzz::interleave(p)) == name_of(expected));
  for (const char* model : {"sc", "tso", "armv8", "lkmm", "rc11"}) {
    INFO(model);
    CHECK(name_of(observe(p, builtin_model(model)).verdict) == name_of(expected));
  }
}

}  // namespace

TEST_CASE("A read that only some executions send to an uninitialised cell leaves never unknown",
          "[order_fuzz]") {
  Program p;
  initially(p, shared("at"), term::constant(0));
  initially(p, {"", "a", nullptr, term::constant(0)}, term::constant(5));
  ThreadBuilder w{p, "w"};
  w.write("Move", shared("at"), term::constant(1), Order::once);
  ThreadBuilder r{p, "r"};
  const lockstep::Term at = r.read("At", shared("at"), Order::once);
  const lockstep::Term value = r.read("A", {"", "a", nullptr, at}, Order::once);
  p.forbidden = term::eq(value, term::constant(9));
  check(p, Observed::unknown);
}

TEST_CASE("Three writes of a cell do not follow each other in a circle", "[order_fuzz]") {
  Program p;
  initially(p, shared("x"), term::constant(0));
  p.forbidden = term::constant(1);
  for (const int mine : {1, 2, 3}) {
    ThreadBuilder t{p, "t" + std::to_string(mine)};
    t.write("W", shared("x"), term::constant(mine), Order::once);
    const lockstep::Term seen = t.read("R", shared("x"), Order::once);
    p.forbidden = term::both(p.forbidden, term::eq(seen, term::constant(mine % 3 + 1)));
  }
  check(p, Observed::never);
}

TEST_CASE("No address comes out of thin air: a write that only its own reader sends there",
          "[order_fuzz]") {
  Program p;
  initially(p, shared("x"), term::constant(0));
  for (const int i : {0, 1}) {
    initially(p, {"", "a", nullptr, term::constant(i)}, term::constant(0));
  }
  ThreadBuilder t{p, "t"};
  const lockstep::Term i = t.read("I", shared("x"), Order::plain);
  t.write("A", {"", "a", nullptr, i}, term::constant(1), Order::plain);
  ThreadBuilder u{p, "u"};
  const lockstep::Term j = u.read("J", {"", "a", nullptr, term::constant(1)}, Order::plain);
  u.write("X", shared("x"), j, Order::plain);
  p.forbidden = term::eq(j, term::constant(1));
  check(p, Observed::never);
}

TEST_CASE("No branch is decided by a value that nothing determines", "[order_fuzz]") {
  Program p;
  for (const char* cell : {"x", "y", "z"}) initially(p, shared(cell), term::constant(0));
  const auto copy = [&p](const char* name, const char* from, const char* to) {
    ThreadBuilder t{p, name};
    t.write("W", shared(to), t.read("R", shared(from), Order::plain), Order::plain);
  };
  copy("t", "x", "y");
  copy("u", "y", "x");
  ThreadBuilder v{p, "v"};
  v.enter(term::ne(v.read("X", shared("x"), Order::once), term::constant(0)));
  v.write("Z", shared("z"), term::constant(1), Order::once);
  v.leave();
  const lockstep::Term last = term::variable("last");
  p.finals.push_back({shared("z"), last});
  p.forbidden = term::eq(last, term::constant(1));
  check(p, Observed::never);
}

TEST_CASE("A value depends on a read only where it is taken from it", "[order_fuzz]") {
  Program p;
  for (const char* cell : {"x", "y", "z"}) initially(p, shared(cell), term::constant(0));
  ThreadBuilder t{p, "t"};
  const lockstep::Term x = t.read("X", shared("x"), Order::once);
  const lockstep::Term z = t.read("Z", shared("z"), Order::once);
  const lockstep::Term one = term::constant(1);
  t.write("Y", shared("y"), term::ite(term::eq(z, one), x, one), Order::once);
  ThreadBuilder u{p, "u"};
  u.write("SetX", shared("x"), u.read("Y", shared("y"), Order::once), Order::once);
  ThreadBuilder v{p, "v"};
  v.write("SetZ", shared("z"), one, Order::once);
  for (const int way : {0, 1}) {
    p.forbidden = term::both(term::eq(x, one), term::eq(z, term::constant(way)));
    for (const char* model : {"armv8", "lkmm"}) {
      INFO(model << " " << way);
      CHECK(name_of(observe(p, builtin_model(model)).verdict) ==
            (way == 0 ? "Sometimes" : "Never"));
    }
  }
}

TEST_CASE("An open site has the orders of its placement, and no others", "[order_fuzz]") {
  Program p;
  for (const char* cell : {"x", "y"}) initially(p, shared(cell), term::constant(0));
  p.open = {{"Store", lockstep::Kind::store}, {"Load", lockstep::Kind::load}};
  ThreadBuilder w{p, "w"};
  w.write("X", shared("x"), term::constant(1), Order::once);
  w.write("Store", shared("y"), term::constant(1), Order::once);
  w.last().open = 0;
  ThreadBuilder r{p, "r"};
  const lockstep::Term y = r.read("Load", shared("y"), Order::once);
  r.last().open = 1;
  const lockstep::Term x = r.read("RX", shared("x"), Order::once);
  p.forbidden = term::both(term::eq(y, term::constant(1)), term::eq(x, term::constant(0)));
  for (const char* model : {"armv8", "lkmm", "rc11"}) {
    const MemoryModel weak = builtin_model(model);
    PlacementJudge judge{p, weak};
    REQUIRE(judge.atoms().size() == 2);
    for (const bool release : {false, true}) {
      for (const bool acquire : {false, true}) {
        INFO(model << " " << release << " " << acquire);
        const bool safe = release && acquire;
        CHECK(judge.ask({release, acquire}).outcome ==
              (safe ? Outcome::never : Outcome::reachable));
      }
    }
  }
}

TEST_CASE("A recursive relation may subtract what only some executions have", "[order_fuzz]") {
  const MemoryModel model = parse_model(
      "model m \"m\"\nsource \"here\"\n"
      "let rec later = (co - co^-1) | later ; later\naxiom a: acyclic later\n",
      "m.model");
  Program p;
  initially(p, shared("x"), term::constant(0));
  for (const int mine : {1, 2}) {
    ThreadBuilder t{p, "t" + std::to_string(mine)};
    t.write("W", shared("x"), term::constant(mine), Order::once);
  }
  const lockstep::Term last = term::variable("last");
  p.finals.push_back({shared("x"), last});
  p.forbidden = term::eq(last, term::constant(1));
  CHECK(name_of(observe(p, model).verdict) == "Sometimes");
}

TEST_CASE("Numbers grow from thread to thread, whichever comes first in the program",
          "[order_fuzz]") {
  Program p;
  for (const char* cell : {"w", "x", "y", "z"}) initially(p, shared(cell), term::constant(0));
  const auto grow = [&p](const char* name, const char* from, const char* to) {
    ThreadBuilder t{p, name};
    const lockstep::Term seen = t.read("R", shared(from), Order::once);
    t.write("W", shared(to), term::add(seen, term::constant(40)), Order::once);
  };
  grow("c", "z", "w");
  grow("b", "y", "z");
  grow("a", "x", "y");
  ThreadBuilder t{p, "last"};
  const lockstep::Term w = t.read("W", shared("w"), Order::once);
  // 120 needs more bits than any number in the program's text, or after one step of it.
  p.forbidden = term::lt(w, term::constant(0));
  check(p, Observed::never);
}
