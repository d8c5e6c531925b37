// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/order_fuzz/interleaver.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "orders/program/builder.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

constexpr Order once = Order::once;
const Term old = term::variable("@");

Term number(Atom value) {
  return term::constant(value);
}
Term equals(const Term& t, Atom value) {
  return term::eq(t, number(value));
}
Program zeroed(std::initializer_list<const char*> cells) {
  Program p;
  for (const char* cell : cells) initially(p, shared(cell), number(0));
  return p;
}
std::string judged(Program p, const Term& forbidden) {
  p.forbidden = forbidden;
  return std::string{name_of(fuzz::interleave(p))};
}

/// Each of two threads adds 1; what x holds at the end.
Program two_adders(bool one_step, Term& last) {
  Program p = zeroed({"x"});
  for (const char* name : {"a", "b"}) {
    ThreadBuilder t{p, name};
    if (one_step)
      t.rmw("Add", shared("x"), once, term::add(old, number(1)));
    else
      t.write("W", shared("x"), term::add(t.read("R", shared("x"), once), number(1)), once);
  }
  last = term::variable("last");
  p.finals.push_back({shared("x"), last});
  return p;
}

/// A reader with two reads in a section, against a grace period between two writes: may the reader
/// see the second write and not the first?
std::string removal(bool locked, bool waits) {
  Program p = zeroed({"x", "y"});
  ThreadBuilder r{p, "reader"};
  if (locked) r.rcu_lock("L"), r.rcu_lock("Inner");
  if (locked) r.rcu_unlock("InnerEnd");
  const Term x = r.read("X", shared("x"), once);
  const Term y = r.read("Y", shared("y"), once);
  if (locked) r.rcu_unlock("U");
  ThreadBuilder w{p, "writer"};
  w.write("SetX", shared("x"), number(1), once);
  if (waits) w.grace("G");
  w.write("SetY", shared("y"), number(1), once);
  return judged(p, term::both(equals(x, 0), equals(y, 1)));
}

}  // namespace

TEST_CASE("Interleaver: store buffering never, its parts sometimes", "[order_fuzz]") {
  Program p = zeroed({"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.fence("F", Order::mb);
  const Term r = a.read("RY", shared("y"), once);
  ThreadBuilder b{p, "b"};
  b.write("Y", shared("y"), number(1), once);
  const Term s = b.read("RX", shared("x"), once);
  CHECK(judged(p, term::both(equals(r, 0), equals(s, 0))) == "Never");
  CHECK(judged(p, term::either(equals(r, 1), equals(s, 1))) == "Always");
  for (const Atom first : {0, 1}) {
    CHECK(judged(p, equals(r, first)) == "Sometimes");
    CHECK(judged(p, term::both(equals(r, first), equals(s, 1))) == "Sometimes");
  }
}

TEST_CASE("Interleaver: a read-modify-write is one step, a read and a write are two",
          "[order_fuzz]") {
  Term last;
  const Program one = two_adders(true, last), two = two_adders(false, last);
  CHECK(judged(one, equals(last, 2)) == "Always");
  CHECK(judged(two, equals(last, 2)) == "Sometimes");
  CHECK(judged(two, equals(last, 1)) == "Sometimes");
  CHECK(judged(two, equals(last, 0)) == "Never");
}

TEST_CASE("Interleaver: an operation that fails writes nothing; a lock excludes", "[order_fuzz]") {
  Program p = zeroed({"lock", "x"});
  Term inside = number(1);
  for (const char* name : {"a", "b"}) {
    ThreadBuilder t{p, name};
    const Term got = t.rmw("Lock", shared("lock"), Order::acquire, number(1), equals(old, 0));
    t.assume(equals(got, 0));
    const Term x = t.read("R", shared("x"), once);
    t.write("W", shared("x"), term::add(x, number(1)), once);
    t.write("Unlock", shared("lock"), number(0), Order::release);
    inside = term::both(inside, equals(x, 0));
  }
  CHECK(judged(p, inside) == "Never");
  p.assumptions.clear();  // a failed attempt goes on all the same
  CHECK(judged(p, inside) == "Sometimes");
}

TEST_CASE("Interleaver: bodies, addresses and values follow what was read", "[order_fuzz]") {
  Program p = zeroed({"p"});
  for (const Atom i : {0, 1}) initially(p, {"", "a", nullptr, number(i)}, number(5 + i));
  ThreadBuilder w{p, "w"};
  w.write("W", shared("p"), number(1), once);
  ThreadBuilder r{p, "r"};
  const Term i = r.read("P", shared("p"), once);
  const Term a = r.read("A", {"", "a", nullptr, i}, once);
  r.enter(equals(i, 1));
  r.write("Body", shared("p"), a, once);
  r.leave();
  const Term last = term::variable("last");
  p.finals.push_back({shared("p"), last});
  CHECK(judged(p, term::eq(a, term::add(i, number(5)))) == "Always");
  CHECK(judged(p, equals(last, 6)) == "Sometimes");
  CHECK(judged(p, term::both(equals(last, 6), equals(i, 0))) == "Never");
}

TEST_CASE("Interleaver: a grace period waits for the sections open at its start", "[order_fuzz]") {
  CHECK(removal(false, true) == "Sometimes");
  CHECK(removal(true, false) == "Sometimes");
  CHECK(removal(true, true) == "Never");
}

TEST_CASE("Interleaver: a grace period does not wait for sections that begin after it",
          "[order_fuzz]") {
  Program p = zeroed({"x", "y"});
  ThreadBuilder g{p, "g"};
  g.write("X", shared("x"), number(1), once);
  g.grace("G");
  g.write("Y", shared("y"), number(1), once);
  ThreadBuilder s{p, "s"};
  s.rcu_lock("L");
  const Term x = s.read("RX", shared("x"), once);
  const Term y = s.read("RY", shared("y"), once);
  const Term again = s.read("RY2", shared("y"), once);
  s.rcu_unlock("U");
  CHECK(judged(p, term::both(equals(x, 1), term::both(equals(y, 0), equals(again, 1)))) ==
        "Sometimes");
}

TEST_CASE("Interleaver: what has no execution, or no value, is unknown or refused",
          "[order_fuzz]") {
  Program p = zeroed({"x"});
  ThreadBuilder t{p, "t"};
  const Term x = t.read("R", shared("x"), once);
  CHECK(judged(p, equals(x, 0)) == "Always");
  p.assumptions = {equals(x, 1)};
  CHECK(judged(p, equals(x, 0)) == "Unknown");
  p.assumptions.clear();
  t.enter(equals(x, 1));
  const Term skipped = t.read("Skipped", shared("x"), once);
  t.leave();
  CHECK_THROWS_AS(judged(p, equals(skipped, 0)), std::invalid_argument);
  t.read("Wild", shared("nobody"), once);
  CHECK(judged(p, equals(x, 0)) == "Unknown");

  Program deadlock = zeroed({"x"});
  ThreadBuilder d{deadlock, "d"};
  d.rcu_lock("L");
  d.grace("G");
  d.rcu_unlock("U");
  CHECK(judged(deadlock, number(1)) == "Unknown");

  Program srcu = zeroed({"s"});
  ThreadBuilder u{srcu, "u"};
  u.srcu_grace("G", shared("s"));
  CHECK_THROWS_AS(judged(srcu, number(1)), std::invalid_argument);
}
