// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once, plain = Order::plain, acquire = Order::acquire,
                release = Order::release, mb = Order::mb;

/// A branch does not keep a plain write behind the read that it depends on (L05 without ONCE).
Program plain_after_branch(Order order) {
  Program p = program("plain after branch", {"x", "y"});
  ThreadBuilder a{p, "a"};
  const Term y = a.read("Y", shared("y"), once);
  a.enter(equals(y, 1));
  a.write("X", shared("x"), number(1), order);
  a.leave();
  ThreadBuilder b{p, "b"};
  const Term x = b.read("X", shared("x"), once);
  b.write("Y", shared("y"), number(1), release);
  p.forbidden = all({equals(y, 1), equals(x, 1)});
  return p;
}

/// The same with a fence: behind the branch, before it where all tasks come by, or one of C11.
Program plain_after_fence(Order fence, bool branches, std::uint16_t marks = 0) {
  Program p = program("plain after an acquire", {"x", "y"});
  ThreadBuilder a{p, "a"};
  const Term y = a.read("Y", shared("y"), once);
  if (branches) a.enter(equals(y, 1));
  a.fence("F", fence);
  p.events.back().marks = marks;
  a.write("X", shared("x"), number(1), plain);
  if (branches) a.leave();
  ThreadBuilder b{p, "b"};
  const Term x = b.read("X", shared("x"), once);
  b.write("Y", shared("y"), number(1), release);
  p.forbidden = all({equals(y, 1), equals(x, 1)});
  return p;
}

Program mp_with_mb(Order fence) {
  Program p = program("MP plain with fences", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), plain);
  a.fence("Fa", fence);
  a.write("Y", shared("y"), number(1), once);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), once);
  b.fence("Fb", fence);
  const Term x = b.read("X", shared("x"), plain);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// Three tasks: the fence of the first one reaches the third through a task without one.
Program over_three(Order fence, bool third_writes) {
  Program p = program("over three", {"x", "y", "z"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), plain);
  a.fence("Fa", fence);
  a.write("Y", shared("y"), number(1), once);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), once);
  b.write("Z", shared("z"), y, once);
  ThreadBuilder c{p, "c"};
  const Term z = c.read("Z", shared("z"), acquire);
  if (!third_writes) {
    const Term x = c.read("X", shared("x"), plain);
    p.forbidden = all({equals(z, 1), equals(x, 0)});
    return p;
  }
  c.write("X2", shared("x"), number(2), plain);
  ThreadBuilder d{p, "d"};
  const Term first = d.read("First", shared("x"), once), last = d.read("Last", shared("x"), once);
  p.forbidden = all({equals(z, 1), equals(first, 2), equals(last, 1)});
  return p;
}

/// A plain write through a pointer that was just read, published by wmb: LB.
Program written_through_pointer(Order fence) {
  Program p = program("written through pointer", {"y"});
  initially(p, shared("slot"), number(1));
  for (const Atom node : {1, 2}) initially(p, {"", "data", number(node), nullptr}, number(0));
  ThreadBuilder a{p, "a"};
  const Term q = a.read("Slot", shared("slot"), once);
  a.write("Data", {"", "data", q, nullptr}, number(1), plain);
  a.fence("F", fence);
  a.write("Y", shared("y"), number(1), once);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), once);
  b.enter(equals(y, 1));
  b.write("Publish", shared("slot"), number(2), once);
  b.leave();
  p.forbidden = all({equals(q, 2), equals(y, 1)});
  return p;
}

/// MP whose reader hands the flag to itself through a marked variable.
Program forwarded(bool depends) {
  Program p = program("forwarded", {"x", "y", "z"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), once);
  b.write("Own", shared("z"), depends ? y : number(1), once);
  const Term z = b.read("Again", shared("z"), acquire);
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(z, 1), equals(x, 0)});
  return p;
}

/// RCU alone orders a plain access in a section against one beyond a grace period.
Program section_and_plain(bool read_first) {
  Program p = program("section and plain", {"x", "y"});
  ThreadBuilder r{p, "reader"};
  ThreadBuilder w{p, "writer"};
  r.rcu_lock("Lock");
  if (read_first) {
    const Term x = r.read("X", shared("x"), plain);
    r.write("Y", shared("y"), number(1), once);
    const Term y = w.read("Y", shared("y"), once);
    w.grace("Wait");
    w.write("SetX", shared("x"), number(1), plain);
    p.forbidden = all({equals(x, 1), equals(y, 1)});
  } else {
    const Term y = r.read("Y", shared("y"), once);
    const Term x = r.read("X", shared("x"), plain);
    w.write("SetX", shared("x"), number(1), plain);
    w.grace("Wait");
    w.write("SetY", shared("y"), number(1), once);
    p.forbidden = all({equals(y, 1), equals(x, 0)});
  }
  r.rcu_unlock("Unlock");
  return p;
}

/// Two writes of one cell, handed over through another one: do they race?
Program hand_over(Order first, Order fence, Order publish, Order look, Order second) {
  Program p = program("hand over", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X1", shared("x"), number(1), first);
  a.fence("F", fence);
  a.write("Y", shared("y"), number(1), publish);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), look);
  b.enter(equals(y, 1));
  b.write("X2", shared("x"), number(2), second);
  b.leave();
  p.forbidden = equals(y, 1);
  return p;
}

/// A plain write against a read without any order, where the read comes after, or before it.
Program unordered(Order write, Atom seen) {
  Program p = program("unordered", {"x"});
  ThreadBuilder{p, "a"}.write("W", shared("x"), number(1), write);
  ThreadBuilder b{p, "b"};
  const Term x = b.read("R", shared("x"), once);
  b.assume(equals(x, seen));
  p.forbidden = equals(x, seen);
  return p;
}

/// One task alone writes and looks, or another looks on: the laws of a single cell.
void one_cell_more(Cases& cases) {
  cases.about("one cell: writes keep their order, a read sees its own task's write");
  Program ww = program("CoWW", {"x"});
  ThreadBuilder a{ww, "a"};
  a.write("X1", shared("x"), number(1), once);
  a.write("X2", shared("x"), number(2), once);
  ThreadBuilder o{ww, "o"};
  const Term first = o.read("First", shared("x"), once), last = o.read("Last", shared("x"), once);
  ww.forbidden = all({equals(first, 2), equals(last, 1)});
  cases.expect(ww, nowhere);
  Program wr = program("CoWR", {"x"});
  ThreadBuilder b{wr, "b"};
  b.write("X", shared("x"), number(1), once);
  wr.forbidden = equals(b.read("R", shared("x"), once), 0);
  cases.expect(wr, nowhere);
  Program rw = program("CoRW", {"x"});
  ThreadBuilder c{rw, "c"};
  const Term r = c.read("R", shared("x"), once);
  c.write("X1", shared("x"), number(1), once);
  ThreadBuilder{rw, "d"}.write("X2", shared("x"), number(2), once);
  ThreadBuilder e{rw, "e"};
  const Term one = e.read("First", shared("x"), once), two = e.read("Last", shared("x"), once);
  rw.forbidden = all({equals(r, 2), equals(one, 1), equals(two, 2)});
  cases.expect(rw, nowhere);
}

}  // namespace

void add_plain_cases(Cases& cases) {
  const Order none = Order::none, wmb = Order::wmb;
  one_cell_more(cases);
  cases.about("a control dependency holds a marked write, not a plain one");
  cases.expect(plain_after_branch(once), nowhere);
  cases.expect(plain_after_branch(plain), lkmm);
  cases.about("smp_acquire__after_ctrl_dep() does, behind the branch; smp_rmb() does not");
  cases.expect(plain_after_fence(acquire, true), nowhere);
  cases.expect(plain_after_fence(acquire, false), lkmm);
  cases.expect(plain_after_fence(Order::rmb, true), lkmm);
  cases.expect(plain_after_fence(acquire, true, static_cast<std::uint16_t>(Mark::c11)), lkmm);
  cases.about("a strong fence orders plain accesses, also over a task without one");
  cases.expect(mp_with_mb(mb), nowhere);
  cases.expect(mp_with_mb(none), armv8);
  cases.expect(over_three(mb, false), nowhere);
  cases.expect(over_three(none, false), armv8);
  cases.expect(over_three(mb, true), nowhere);
  cases.expect(over_three(none, true), armv8);
  cases.about("dependencies through pointers and through own variables");
  cases.expect(written_through_pointer(wmb), nowhere);
  cases.expect(written_through_pointer(none), lkmm);
  cases.expect(forwarded(true), nowhere);
  cases.expect(forwarded(false), armv8);
  cases.about("a grace period orders plain accesses against a section");
  cases.expect(section_and_plain(true), nowhere);
  cases.expect(section_and_plain(false), nowhere);
  cases.about("data races");
  cases.expect(hand_over(plain, none, release, acquire, plain), sc, "never");
  cases.expect(hand_over(plain, none, once, acquire, plain), sc, "reachable");
  cases.expect(hand_over(plain, none, release, once, plain), sc, "reachable");
  cases.expect(hand_over(once, wmb, once, acquire, plain), sc, "never");
  cases.expect(hand_over(plain, wmb, once, acquire, plain), sc,
               "reachable");  // a read of X1 may come later
  cases.expect(hand_over(plain, none, release, once, once), sc, "never");
  for (const Atom seen : {0, 1}) {
    cases.expect(unordered(plain, seen), sc, "reachable");
    cases.expect(unordered(once, seen), sc, "never");
  }
}

}  // namespace lockstep::orders
