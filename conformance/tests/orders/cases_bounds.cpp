// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once, plain = Order::plain, acquire = Order::acquire,
                release = Order::release;

void relay(Program& p, const char* name, const char* from, const char* to) {
  ThreadBuilder t{p, name};
  t.write("To", shared(to), t.read("From", shared(from), once), once);
}

/// A plain access through a pointer that was published: read, or overwritten.
Program through_pointer(bool write) {
  Program p = program("through pointer", {});
  initially(p, shared("slot"), number(1));
  for (const Atom node : {1, 2}) initially(p, {"", "data", number(node), nullptr}, number(0));
  ThreadBuilder a{p, "a"};
  a.write("Data", {"", "data", number(2), nullptr}, number(1), plain);
  a.write("Publish", shared("slot"), number(2), release);
  ThreadBuilder b{p, "b"};
  const Term q = b.read("Slot", shared("slot"), once);
  if (write) {
    b.write("Overwrite", {"", "data", q, nullptr}, number(5), plain);
    p.forbidden = equals(q, 2);
  } else {
    const Term v = b.read("Read", {"", "data", q, nullptr}, plain);
    p.forbidden = all({equals(q, 2), equals(v, 0)});
  }
  return p;
}

/// MP of plain data whose reader has an rmb alone.
Program rmb_before_plain(Order fence) {
  Program p = program("rmb before plain", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), plain);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), once);
  b.fence("F", fence);
  const Term x = b.read("X", shared("x"), plain);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// A plain read, an rmb, a read that misses what the other task wrote before its plain write.
Program rmb_after_plain(Order fence) {
  Program p = program("rmb after plain", {"x", "y", "z"});
  ThreadBuilder a{p, "a"};
  const Term x = a.read("X", shared("x"), plain);
  a.fence("F", fence);
  const Term y = a.read("Y", shared("y"), once);
  ThreadBuilder b{p, "b"};
  b.write("Y", shared("y"), number(1), once);
  b.fence("F", Order::mb);
  b.read("Z", shared("z"), acquire);
  b.write("X", shared("x"), number(1), plain);
  p.forbidden = all({equals(x, 1), equals(y, 0)});
  return p;
}

/// The same, but what orders the other side is that a grace period follows a section.
Program section_between() {
  Program p = program("section between", {"x", "y", "z", "v"});
  ThreadBuilder a{p, "a"};
  const Term x = a.read("X", shared("x"), plain);
  a.fence("F", Order::rmb);
  const Term y = a.read("Y", shared("y"), once);
  ThreadBuilder s{p, "s"};
  s.rcu_lock("Lock");
  s.write("V", shared("v"), number(1), once);
  s.write("Y", shared("y"), number(1), once);
  s.rcu_unlock("Unlock");
  ThreadBuilder t{p, "t"};
  const Term v = t.read("V", shared("v"), once);
  t.grace("Wait");
  t.read("Z", shared("z"), acquire);
  t.write("X", shared("x"), number(1), plain);
  p.forbidden = all({equals(v, 1), equals(x, 1), equals(y, 0)});
  return p;
}

/// What a section has seen is there after the grace period that waited for it: for a read that is
/// marked. The kernel's model says that of no plain one, which an acquire must bound.
Program seen_in_section(Order read, bool bounded = false) {
  Program p = program("seen in section", {"x", "f", "v", "z"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), plain);
  a.write("F", shared("f"), number(1), release);
  ThreadBuilder s{p, "s"};
  s.rcu_lock("Lock");
  s.write("V", shared("v"), number(1), once);
  const Term f = s.read("F", shared("f"), once);
  s.rcu_unlock("Unlock");
  ThreadBuilder t{p, "t"};
  const Term v = t.read("V", shared("v"), once);
  t.grace("Wait");
  if (bounded) t.read("Z", shared("z"), acquire);
  const Term x = t.read("X", shared("x"), read);
  p.forbidden = all({equals(f, 1), equals(v, 1), equals(x, 0)});
  return p;
}

/// A plain write of a section is overwritten far beyond the grace period.
Program overwritten_after_section() {
  Program p = program("overwritten after section", {"x", "u", "v", "w"});
  ThreadBuilder s{p, "s"};
  s.rcu_lock("Lock");
  s.write("V", shared("v"), number(1), once);
  s.write("X1", shared("x"), number(1), plain);
  s.rcu_unlock("Unlock");
  ThreadBuilder t{p, "t"};
  const Term v = t.read("V", shared("v"), once);
  t.grace("Wait");
  t.write("U", shared("u"), v, once);
  relay(p, "relay", "u", "w");
  ThreadBuilder c{p, "c"};
  const Term w = c.read("W", shared("w"), acquire);
  c.write("X2", shared("x"), number(2), plain);
  p.forbidden = all({equals(w, 1), equals(last_value(p, "x"), 1)});
  return p;
}

/// A release, a strong fence in the task that saw it, and then dependencies alone.
Program fence_of_the_second(Order fence) {
  Program p = program("fence of the second", {"x", "f", "u", "w"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), plain);
  a.write("F", shared("f"), number(1), release);
  ThreadBuilder b{p, "b"};
  const Term f = b.read("F", shared("f"), once);
  b.fence("F", fence);
  b.write("U", shared("u"), f, once);
  relay(p, "relay", "u", "w");
  ThreadBuilder d{p, "d"};
  const Term w = d.read("W", shared("w"), acquire);
  const Term x = d.read("X", shared("x"), plain);
  p.forbidden = all({equals(w, 1), equals(x, 0)});
  return p;
}

}  // namespace

void add_bounds_cases(Cases& cases) {
  cases.about("an address dependency bounds a plain access: it is ordered, and does not race");
  cases.expect(through_pointer(false), nowhere, "never");
  cases.expect(through_pointer(true), sc, "never");
  cases.about("an rmb bounds a plain read, on either side of it");
  cases.expect(rmb_before_plain(Order::rmb), nowhere);
  cases.expect(rmb_before_plain(Order::wmb), armv8);
  cases.expect(rmb_after_plain(Order::rmb), nowhere);
  cases.expect(rmb_after_plain(Order::none), armv8);
  cases.about("a grace period bounds plain accesses of tasks that only meet its section");
  cases.expect(section_between(), nowhere);
  cases.expect(seen_in_section(plain), lkmm);
  cases.expect(seen_in_section(plain, true), nowhere);
  cases.expect(seen_in_section(Order::once), nowhere);
  cases.expect(overwritten_after_section(), nowhere);
  cases.about("a strong fence makes visible what its task has read");
  cases.expect(fence_of_the_second(Order::mb), nowhere);
  cases.expect(fence_of_the_second(Order::none), lkmm);
}

}  // namespace lockstep::orders
