// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once, acquire = Order::acquire, release = Order::release;
const Term old = term::variable("@");

/// LB, where a read through an address stands between the read and the write of one side.
Program lb_address_between() {
  Program p = program("LB+addr-po", {"x", "y"});
  for (const Atom i : {0, 1}) initially(p, {"", "t", nullptr, number(i)}, number(0));
  ThreadBuilder a{p, "a"};
  const Term x = a.read("X", shared("x"), once);
  a.read("T", {"", "t", nullptr, x}, once);
  a.write("Y", shared("y"), number(1), once);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), acquire);
  b.write("X", shared("x"), number(1), once);
  p.forbidden = all({equals(x, 1), equals(y, 1)});
  return p;
}

/// MP whose reader writes where the flag points to, and reads that back.
Program forwarded_by_address(bool depends) {
  Program p = program("forwarded by address", {"x", "y"});
  for (const Atom i : {0, 1}) initially(p, {"", "t", nullptr, number(i)}, number(0));
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), once);
  b.write("T", {"", "t", nullptr, depends ? y : number(1)}, number(5), once);
  const Term t = b.read("Again", {"", "t", nullptr, number(1)}, acquire);
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(t, 5), equals(x, 0)});
  return p;
}

/// MP where the flag is set by a swap after a release: the two are ordered if it acquires.
Program release_then_swap(Order swap) {
  Program p = program("release, swap", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), release);
  a.rmw("Y", shared("y"), swap, number(1));
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), acquire), x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// MP whose reader takes the flag by a swap and acquires what it put there itself.
Program swap_then_acquire(Order look) {
  Program p = program("swap, acquire", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  const Term y = b.rmw("Swap", shared("y"), once, number(2));
  const Term again = b.read("Again", shared("y"), look);
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(again, 2), equals(x, 0)});
  return p;
}

/// SB of a release and an acquire: LDAR waits for STLR.
Program sb_release_acquire(Order write, Order read) {
  Program p = program("SB+rel-acq", {"x", "y"});
  const auto side = [&](const char* name, const char* mine, const char* other) {
    ThreadBuilder t{p, name};
    t.write("W", shared(mine), number(1), write);
    return t.read("R", shared(other), read);
  };
  const Term y = side("a", "x", "y"), x = side("b", "y", "x");
  p.forbidden = all({equals(y, 0), equals(x, 0)});
  return p;
}

/// MP whose reader looks at the flag with a cmpxchg that fails, or does not.
Program mp_by_cmpxchg(bool succeeds) {
  Program p = program("MP by cmpxchg", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  const Term y = b.rmw("U", shared("y"), acquire, number(2), equals(old, succeeds ? 1 : 7));
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// A write released after a full RMW, or before it: MP with the RMW as the only barrier.
Program mp_over_rmw(Order order) {
  Program p = program("MP over rmw", {"x", "y", "z"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.rmw("U", shared("z"), order, term::add(old, number(1)));
  a.write("Y", shared("y"), number(1), once);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), acquire), x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

}  // namespace

void add_arm_cases(Cases& cases) {
  cases.about("whatever is written after an address that was read waits for it");
  cases.expect(lb_address_between(), lkmm);
  cases.about("an address dependency goes through the task's own write");
  cases.expect(forwarded_by_address(true), nowhere);
  cases.expect(forwarded_by_address(false), armv8);
  cases.about("a release before an acquire stays before it, and the halves of an RMW in order");
  cases.expect(release_then_swap(acquire), lkmm);
  cases.expect(release_then_swap(once), armv8);
  cases.expect(sb_release_acquire(release, acquire), not_armv8);
  cases.expect(sb_release_acquire(release, once), tso);
  cases.expect(sb_release_acquire(once, acquire), tso);
  cases.about("an acquire that reads what the task's own RMW wrote waits for the RMW");
  cases.expect(swap_then_acquire(acquire), lkmm);
  cases.expect(swap_then_acquire(once), armv8);
  cases.about("a cmpxchg that fails acquires nothing");
  cases.expect(mp_by_cmpxchg(true), nowhere);
  cases.expect(mp_by_cmpxchg(false), armv8);
  cases.about("a full RMW orders what is before it with what is after it");
  cases.expect(mp_over_rmw(Order::full), nowhere);
  cases.expect(mp_over_rmw(release), armv8);
  cases.expect(mp_over_rmw(acquire), armv8);
}

}  // namespace lockstep::orders
