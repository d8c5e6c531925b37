// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order relaxed = Order::once, acquire = Order::acquire, release = Order::release,
                acq_rel = Order::acq_rel, seq_cst = Order::full, none = Order::none;
const Term old = term::variable("@");

/// All events of the program are C11 operations.
Program c11(Program p) {
  for (Event& e : p.events) e.marks |= static_cast<std::uint16_t>(Mark::c11);
  return p;
}

Program mp(Order write, Order fence, Order read, Order other_fence) {
  Program p = program("C11 MP", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), relaxed);
  a.fence("Fa", fence);
  a.write("Y", shared("y"), number(1), write);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), read);
  b.fence("Fb", other_fence);
  const Term x = b.read("X", shared("x"), relaxed);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return c11(std::move(p));
}

Program lb(Order fence) {
  Program p = program("C11 LB", {"x", "y"});
  ThreadBuilder a{p, "a"};
  const Term x = a.read("X", shared("x"), relaxed);
  a.fence("Fa", fence);
  a.write("Y", shared("y"), number(1), relaxed);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), relaxed);
  b.fence("Fb", fence);
  b.write("X", shared("x"), number(1), relaxed);
  p.forbidden = all({equals(x, 1), equals(y, 1)});
  return c11(std::move(p));
}

Program sb(Order write, Order fence, Order read) {
  Program p = program("C11 SB", {"x", "y"});
  const auto side = [&](const char* name, const char* mine, const char* other) {
    ThreadBuilder t{p, name};
    t.write("W", shared(mine), number(1), write);
    t.fence("F", fence);
    return t.read("R", shared(other), read);
  };
  const Term y = side("a", "x", "y"), x = side("b", "y", "x");
  p.forbidden = all({equals(y, 0), equals(x, 0)});
  return c11(std::move(p));
}

/// SB whose writes, or reads, are read-modify-writes.
Program sb_of_rmw(Order order, bool first) {
  Program p = program("C11 SB of rmw", {"x", "y"});
  const auto side = [&](const char* name, const char* mine, const char* other) {
    ThreadBuilder t{p, name};
    if (first) {
      t.rmw("U", shared(mine), order, term::add(old, number(1)));
      return t.read("R", shared(other), relaxed);
    }
    t.write("W", shared(mine), number(1), relaxed);
    return t.rmw("U", shared(other), order, term::add(old, number(5)));
  };
  const Term y = side("a", "x", "y"), x = side("b", "y", "x");
  p.forbidden = all({equals(y, 0), equals(x, 0)});
  return c11(std::move(p));
}

/// MP through read-modify-writes of the flag; with `fails` the reader's finds no more than that.
Program mp_of_rmw(Order write, Order read, bool fails, Order if_failed) {
  Program p = program("C11 MP of rmw", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), relaxed);
  a.rmw("Y", shared("y"), write, number(1));
  ThreadBuilder b{p, "b"};
  const Term y = b.rmw("U", shared("y"), read, number(2), equals(old, fails ? 7 : 1));
  p.events[b.last().partner].order_if_failed = if_failed;
  const Term x = b.read("X", shared("x"), relaxed);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return c11(std::move(p));
}

}  // namespace

void add_c11_cases(Cases& cases) {
  cases.about("MP of C11: release and acquire, as orders of accesses or of fences");
  cases.expect(mp(relaxed, none, relaxed, none), armv8);
  cases.expect(mp(release, none, acquire, none), nowhere);
  cases.expect(mp(seq_cst, none, seq_cst, none), nowhere);
  cases.expect(mp(relaxed, release, relaxed, acquire), nowhere);
  cases.expect(mp(relaxed, acq_rel, relaxed, acq_rel), nowhere);
  cases.expect(mp(relaxed, seq_cst, relaxed, seq_cst), nowhere);
  cases.expect(mp(relaxed, acquire, acquire, none), armv8);  // the wrong fence
  cases.about("fences of C11 that smp_rmb() and smp_wmb() do not stand for in full");
  for (const Order fence : {acquire, release, acq_rel}) cases.expect(lb(fence), lkmm);
  cases.expect(lb(seq_cst), nowhere);
  cases.about("SB of C11 needs seq_cst: fences, or both accesses; the kernel has no such access");
  cases.expect(sb(seq_cst, none, seq_cst), lkmm);
  cases.expect(sb(release, none, acquire), not_armv8);
  cases.expect(sb(relaxed, acq_rel, relaxed), not_armv8);
  cases.expect(sb(relaxed, seq_cst, relaxed), nowhere);
  cases.about("a seq_cst RMW is LDAXR and STLXR: later accesses overtake it, not on x86");
  for (const Order order : {seq_cst, acq_rel, relaxed}) {
    cases.expect(sb_of_rmw(order, true), armv8);
    cases.expect(sb_of_rmw(order, false), order == relaxed ? armv8 : lkmm);
  }
  cases.about("MP through RMWs of C11; one that fails has the order for failure");
  for (const Order order : {acq_rel, seq_cst}) {
    cases.expect(mp_of_rmw(order, order, false, relaxed), nowhere);
  }
  cases.expect(mp_of_rmw(relaxed, acquire, false, relaxed), armv8);
  cases.expect(mp_of_rmw(release, relaxed, false, relaxed), armv8);
  cases.expect(mp_of_rmw(release, acquire, true, acquire), lkmm);
  cases.expect(mp_of_rmw(release, acquire, true, relaxed), armv8);
}

}  // namespace lockstep::orders
