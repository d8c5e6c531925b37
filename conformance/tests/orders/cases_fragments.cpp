// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once, acquire = Order::acquire, release = Order::release;
const Term old = term::variable("@");

Term plus(Atom n) {
  return term::add(old, number(n));
}

Program start(const std::string& name, Atom count, std::initializer_list<const char*> cells = {}) {
  Program p = program(name, cells);
  initially(p, shared("refcnt"), number(count));
  return p;
}

/// A reader that enters from any count but 0.
Term enter(ThreadBuilder& t, Order order) {
  return t.rmw("Inc", shared("refcnt"), order, plus(1), term::ne(old, number(0)));
}

/// The VMA is written, then its count says attached; a reader that gets in must see it whole.
Program publication(Order set, Order inc) {
  Program p = start("publication", 0, {"mm", "start"});
  ThreadBuilder w{p, "writer"};
  w.write("SetMm", shared("mm"), number(1), once);
  w.write("SetStart", shared("start"), number(7), once);
  w.write("Attach", shared("refcnt"), number(1), set);
  ThreadBuilder r{p, "reader"};
  const Term inside = term::ne(enter(r, inc), number(0));
  r.enter(inside);
  const Term mm = r.read("Mm", shared("mm"), once), s = r.read("Start", shared("start"), once);
  r.leave();
  p.forbidden = term::both(inside, term::negate(all({equals(mm, 1), equals(s, 7)})));
  return p;
}

/// The last reference is dropped, the VMA filled anew and attached; a reader of the old one must
/// not see a field of the new one.
Program reuse(Order detach, Order fence, Order set, Order inc, Order dec) {
  Program p = start("reuse", 1);
  initially(p, shared("mm"), number(1));
  initially(p, shared("start"), number(1));
  ThreadBuilder w{p, "writer"};
  const Term before = w.rmw("Detach", shared("refcnt"), detach, plus(-1));
  w.enter(equals(before, 1));
  w.fence("Fence", fence);
  w.write("SetMm", shared("mm"), number(2), once);
  w.write("SetStart", shared("start"), number(2), once);
  w.write("Attach", shared("refcnt"), number(1), set);
  w.leave();
  ThreadBuilder r{p, "reader"};
  const Term inside = term::ne(enter(r, inc), number(0));
  r.enter(inside);
  const Term mm = r.read("Mm", shared("mm"), once);
  r.enter(equals(mm, 1));
  const Term s = r.read("Start", shared("start"), once);
  r.leave();
  r.rmw("Put", shared("refcnt"), dec, plus(-1));
  r.leave();
  p.forbidden = all({inside, equals(mm, 1), term::ne(s, number(1))});
  return p;
}

/// I-34: what a writer has read must not come from a later write section.
Program unlock_against_check(Order fence, Order store) {
  Program p = program("unlock", {"field", "seq"});
  ThreadBuilder w{p, "writer"};
  const Term seen = w.read("Field", shared("field"), once);
  w.fence("Fence", fence);
  w.write("Unlock", shared("seq"), number(1), store);
  ThreadBuilder next{p, "next"};
  const Term seq = next.read("Seq", shared("seq"), acquire);
  next.write("SetField", shared("field"), number(1), once);
  p.forbidden = all({equals(seen, 1), equals(seq, 1)});
  return p;
}

/// L03: a writer marks while it excludes readers; who enters afterwards must see the mark.
Program entry(Order inc) {
  Program p = start("entry", 1, {"seq"});
  ThreadBuilder w{p, "writer"};
  const Term drained = w.rmw("Exclude", shared("refcnt"), once, plus(4));
  w.enter(equals(drained, 1));
  w.write("Mark", shared("seq"), number(1), once);
  w.rmw("End", shared("refcnt"), release, plus(-4));
  w.leave();
  ThreadBuilder r{p, "reader"};
  const Term found = r.rmw("Inc", shared("refcnt"), inc, number(2), equals(old, 1));
  r.enter(equals(found, 1));
  const Term seq = r.read("Seq", shared("seq"), once);
  r.leave();
  ThreadBuilder o{p, "observer"};
  const Term first = o.read("First", shared("refcnt"), once);
  const Term second = o.read("Second", shared("refcnt"), once);
  p.forbidden = all(
      {equals(drained, 1), equals(first, 5), equals(second, 2), equals(found, 1), equals(seq, 0)});
  return p;
}

/// L05: the drain's last read has no acquire; what follows it is ordered only if it writes.
Program drain(Order last_read, bool then_read) {
  Program p = start("drain", 2, {"field", "state", "seq"});
  ThreadBuilder w{p, "writer"};
  w.rmw("Exclude", shared("refcnt"), once, plus(4));
  w.store_mb("State", shared("state"), number(1));
  const Term count = w.read("Drain", shared("refcnt"), last_read);
  w.enter(equals(count, 5));
  Term seen;
  if (then_read) {
    w.write("Mark", shared("seq"), number(1), once);
    w.rmw("End", shared("refcnt"), release, plus(-4));
    seen = w.read("Field", shared("field"), once);
  } else {
    w.write("SetField", shared("field"), number(1), once);
  }
  w.leave();
  ThreadBuilder r{p, "reader"};
  Term read;
  if (then_read)
    r.write("SetField", shared("field"), number(1), once);
  else
    read = r.read("Field", shared("field"), once);
  r.rmw("Put", shared("refcnt"), release, plus(-1));
  p.forbidden = term::both(equals(count, 5), then_read ? equals(seen, 0) : equals(read, 1));
  return p;
}

/// L06: either the waker sees the waiter, or the waiter sees what the waker did.
Program wake_up(Order fence) {
  Program p = start("wake-up", 6, {"task", "state"});
  ThreadBuilder w{p, "writer"};
  w.write("Arm", shared("task"), number(1), once);
  w.store_mb("State", shared("state"), number(2));
  const Term count = w.read("Check", shared("refcnt"), once);
  ThreadBuilder r{p, "reader"};
  r.rmw("Put", shared("refcnt"), release, plus(-1));
  r.fence("Fence", fence);
  const Term task = r.read("Task", shared("task"), once);
  p.forbidden = all({equals(count, 6), equals(task, 0)});
  return p;
}

}  // namespace

void add_fragments(Cases& cases) {
  const Order none = Order::none, rmb = Order::rmb;
  cases.about("publication at attach (D15): release on the count, acquire on entering");
  cases.expect(publication(release, acquire), nowhere);
  cases.expect(publication(once, acquire), armv8);
  cases.expect(publication(release, once), armv8);
  cases.expect(publication(once, once), armv8);
  cases.about("reuse of a detached VMA");
  cases.expect(reuse(release, rmb, release, acquire, release), nowhere);
  cases.expect(reuse(release, rmb, release, acquire, once), armv8);
  cases.expect(reuse(release, rmb, release, once, release), armv8);
  cases.expect(reuse(release, rmb, once, acquire, release), armv8);
  cases.expect(reuse(once, none, release, acquire, release), nowhere);  // control dependency
  cases.about("the bulk unlock orders what the writer has read only by release (C4)");
  cases.expect(unlock_against_check(none, release), nowhere);
  cases.expect(unlock_against_check(Order::wmb, once), armv8);
  cases.about("entering after an exclusion needs acquire");
  cases.expect(entry(acquire), nowhere);
  cases.expect(entry(once), armv8);
  cases.about("the drain's last read: ordered before writes, not before reads (C1)");
  cases.expect(drain(once, true), armv8);
  cases.expect(drain(acquire, true), nowhere);
  cases.expect(drain(once, false), nowhere);
  cases.about("lost wake-up (B27)");
  cases.expect(wake_up(Order::mb), nowhere);
  cases.expect(wake_up(Order::rmb), armv8);
}

}  // namespace lockstep::orders
