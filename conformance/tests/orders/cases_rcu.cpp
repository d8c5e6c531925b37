// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once;

/// A reader looks at y, then x; a writer writes x, waits for a grace period, writes y.
Program removal(bool locked, bool waits, bool split = false) {
  Program p = program("removal", {"x", "y"});
  ThreadBuilder r{p, "reader"};
  if (locked) r.rcu_lock("Lock");
  const Term y = r.read("Y", shared("y"), once);
  if (split) r.rcu_unlock("Unlock1"), r.rcu_lock("Lock2");
  const Term x = r.read("X", shared("x"), once);
  if (locked) r.rcu_unlock("Unlock");
  ThreadBuilder w{p, "writer"};
  w.write("SetX", shared("x"), number(1), once);
  if (waits) w.grace("Wait");
  w.write("SetY", shared("y"), number(1), once);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// G: a grace period between a read that misses a write and that write's own; over_fence between
/// the tasks, as the one in the middle has a fence.
Program missed_over_fence() {
  Program p = program("missed over fence", {"x", "q", "z"});
  ThreadBuilder g{p, "g"};
  const Term x = g.read("X", shared("x"), once);
  g.grace("Wait");
  const Term q = g.read("Q", shared("q"), once);
  ThreadBuilder b{p, "b"};
  b.write("Q", shared("q"), number(1), once);
  b.fence("F", Order::mb);
  const Term z = b.read("Z", shared("z"), once);
  ThreadBuilder s{p, "s"};
  s.rcu_lock("Lock");
  s.write("X", shared("x"), number(1), once);
  s.write("Z", shared("z"), number(1), once);
  s.rcu_unlock("Unlock");
  p.forbidden = all({equals(x, 1), equals(q, 0), equals(z, 0)});
  return p;
}

/// The reader of a list node that is freed to be reused, or not, after a grace period.
Program free_after(bool waits, bool locked) {
  Program p = program("free", {});
  initially(p, shared("slot"), number(1));
  for (const Atom node : {1, 2}) initially(p, {"", "data", number(node), nullptr}, number(5));
  ThreadBuilder w{p, "writer"};
  w.write("Publish", shared("slot"), number(2), Order::release);
  if (waits) w.grace("Wait");
  w.write("Poison", {"", "data", number(1), nullptr}, number(99), once);
  ThreadBuilder r{p, "reader"};
  if (locked) r.rcu_lock("Lock");
  const Term q = r.read("Slot", shared("slot"), once);
  const Term v = r.read("Data", {"", "data", q, nullptr}, once);
  if (locked) r.rcu_unlock("Unlock");
  p.forbidden = equals(v, 99);
  return p;
}

/// SB with grace periods in place of mb.
Program sb_with_grace() {
  Program p = program("SB with grace periods", {"x", "y"});
  const auto side = [&p](const char* name, const char* mine, const char* other) {
    ThreadBuilder t{p, name};
    t.write("W", shared(mine), number(1), once);
    t.grace("Wait");
    return t.read("R", shared(other), once);
  };
  const Term r = side("a", "x", "y"), s = side("b", "y", "x");
  p.forbidden = all({equals(r, 0), equals(s, 0)});
  return p;
}

}  // namespace

void add_rcu_cases(Cases& cases) {
  cases.about("a section sees all of what precedes a grace period, or nothing after it");
  cases.expect(removal(true, true), nowhere);
  cases.expect(removal(false, true), armv8);
  cases.expect(removal(true, false), armv8);
  // The first section ends after the grace period, so it began after its start: as good as one.
  cases.expect(removal(true, true, true), nowhere);
  cases.about("a cycle needs more sections than grace periods");
  cases.expect(missed_over_fence(), nowhere);
  cases.about("a grace period is a full barrier");
  cases.expect(sb_with_grace(), nowhere);
  cases.about("memory is reused only after a grace period, and only for a locked reader");
  cases.expect(free_after(true, true), nowhere);
  cases.expect(free_after(false, true), sc);
  cases.expect(free_after(true, false), sc);
}

}  // namespace lockstep::orders
