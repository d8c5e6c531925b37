// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once, plain = Order::plain, acquire = Order::acquire,
                release = Order::release, full = Order::full;
const Term old = term::variable("@");
const Term increment = term::add(old, number(1));

/// SB with an RMW of its own between the accesses, which succeeds or not.
Program sb_with_rmw(Order order, bool succeeds) {
  Program p = program("SB with rmw", {"x", "y", "a", "b"});
  const auto side = [&](const char* name, const char* mine, const char* own, const char* other) {
    ThreadBuilder t{p, name};
    t.write("W", shared(mine), number(1), once);
    t.rmw("U", shared(own), order, number(1), equals(old, succeeds ? 0 : 7));
    return t.read("R", shared(other), once);
  };
  const Term r = side("p", "x", "a", "y"), s = side("q", "y", "b", "x");
  p.forbidden = all({equals(r, 0), equals(s, 0)});
  return p;
}

/// SB where the RMW itself is one of the two accesses.
Program sb_of_rmw(Order order) {
  Program p = program("SB of rmw", {"x", "y"});
  const auto side = [&](const char* name, const char* mine, const char* other) {
    ThreadBuilder t{p, name};
    t.rmw("U", shared(mine), order, increment);
    return t.read("R", shared(other), once);
  };
  const Term r = side("p", "x", "y"), s = side("q", "y", "x");
  p.forbidden = all({equals(r, 0), equals(s, 0)});
  return p;
}

/// The other side: a write before a full RMW that reads.
Program into_rmw(Order order, bool succeeds = true) {
  Program p = program("into rmw", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  const Term r = a.rmw("U", shared("y"), order, increment, equals(old, succeeds ? 0 : 9));
  ThreadBuilder b{p, "b"};
  b.write("Y", shared("y"), number(7), once);
  b.fence("F", Order::mb);
  const Term s = b.read("X", shared("x"), once);
  p.forbidden = all({equals(r, 0), equals(s, 0)});
  return p;
}

Program two_increments(bool atomic) {
  Program p = program("increments", {"x"});
  std::vector<Term> seen;
  for (const char* name : {"a", "b"}) {
    ThreadBuilder t{p, name};
    if (atomic) {
      seen.push_back(t.rmw("U", shared("x"), once, increment));
    } else {
      seen.push_back(t.read("R", shared("x"), once));
      t.write("W", shared("x"), term::add(seen.back(), number(1)), once);
    }
  }
  p.forbidden = term::eq(seen[0], seen[1]);
  return p;
}

/// A release stays in force along RMWs of others, but not across a plain overwrite.
Program release_chain(bool rmw) {
  Program p = program("chain", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  if (rmw)
    b.rmw("U", shared("y"), once, increment, equals(old, 1));
  else
    b.write("U", shared("y"), number(2), once);
  ThreadBuilder c{p, "c"};
  const Term y = c.read("Y", shared("y"), acquire), x = c.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 2), equals(x, 0)});
  return p;
}

/// MP whose reader is an RMW that leaves what it finds.
Program mp_unchanged(Order order) {
  Program p = program("MP+unchanged", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  const Term y = b.rmw("U", shared("y"), order, old), x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// MP through a pointer: the reader's second access needs the first one's value.
Program mp_address(Order publish) {
  Program p = program("MP+addr", {});
  initially(p, shared("slot"), number(1));
  for (const Atom node : {1, 2}) initially(p, {"", "data", number(node), nullptr}, number(0));
  ThreadBuilder a{p, "a"};
  a.write("Data", {"", "data", number(2), nullptr}, number(1), once);
  a.write("Publish", shared("slot"), number(2), publish);
  ThreadBuilder b{p, "b"};
  const Term q = b.read("Slot", shared("slot"), once);
  const Term v = b.read("Data", {"", "data", q, nullptr}, once);
  p.forbidden = all({equals(q, 2), equals(v, 0)});
  return p;
}

/// LB in which the value goes through a variable of the task's own, plain or marked.
Program lb_through(Order own, int how) {
  Program p = program("LB through", {"x", "y", "z", "c"});
  ThreadBuilder a{p, "a"};
  const Term r = a.read("X", shared("x"), once);
  a.write("Own", shared("z"), r, own);
  const Term z = a.read("Again", shared("z"), own);
  if (how == 0) a.write("Y", shared("y"), z, once);
  if (how == 1) a.enter(equals(z, 1)), a.write("Y", shared("y"), number(1), once), a.leave();
  ThreadBuilder b{p, "b"};
  const Term s = b.read("Y", shared("y"), once);
  b.enter(equals(s, 1));
  b.write("X", shared("x"), number(1), once);
  b.leave();
  p.forbidden = all({equals(r, 1), equals(s, 1)});
  return p;
}

/// MP where the data is plain: orders publish it, and without them the plain read is too early.
Program mp_plain(Order publish, Order look, bool data_plain_too, Order fence = Order::none) {
  Program p = program("MP plain", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), data_plain_too ? plain : once);
  a.fence("F", fence);
  a.write("Y", shared("y"), number(1), publish);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), look);
  b.enter(equals(y, 1));
  const Term x = b.read("X", shared("x"), plain);
  b.leave();
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// A plain read before a release must not see what comes after the acquire.
Program plain_read_first(Order publish, Order look) {
  Program p = program("plain read first", {"x", "y"});
  ThreadBuilder a{p, "a"};
  const Term x = a.read("X", shared("x"), plain);
  a.write("Y", shared("y"), number(1), publish);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), look);
  b.enter(equals(y, 1));
  b.write("X", shared("x"), number(1), plain);
  b.leave();
  p.forbidden = all({equals(y, 1), equals(x, 1)});
  return p;
}

/// Two plain writes, ordered by a hand-over: the second one is the last.
Program plain_writes(Order publish, Order look, bool waits = false) {
  Program p = program("plain writes", {"x", "y"});
  ThreadBuilder a{p, "a"};
  if (waits) a.rcu_lock("Lock");
  a.write("X1", shared("x"), number(1), plain);
  a.write("Y", shared("y"), number(1), publish);
  if (waits) a.rcu_unlock("Unlock");
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), look);
  if (waits) b.grace("Wait");
  b.enter(equals(y, 1));
  b.write("X2", shared("x"), number(2), plain);
  b.leave();
  ThreadBuilder c{p, "c"};
  const Term first = c.read("First", shared("x"), once),
             second = c.read("Second", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(first, 2), equals(second, 1)});
  return p;
}

}  // namespace

void add_rmw_cases(Cases& cases) {
  cases.about("a full RMW is a barrier on both sides, if it succeeds");
  cases.expect(sb_with_rmw(full, true), nowhere);
  cases.expect(sb_with_rmw(full, false), armv8);
  cases.expect(sb_with_rmw(acquire, true), armv8);
  cases.expect(sb_of_rmw(full), nowhere);
  cases.expect(sb_of_rmw(release), armv8);
  cases.expect(sb_of_rmw(Order::acq_rel), lkmm);  // one instruction with both, on ARM
  cases.expect(into_rmw(full), nowhere);
  cases.expect(into_rmw(acquire), armv8);
  cases.expect(into_rmw(full, false), armv8);
  cases.about("nothing comes between the halves of an RMW");
  cases.expect(two_increments(true), nowhere);
  cases.expect(two_increments(false), sc);
  cases.about("release sequences");
  cases.expect(release_chain(true), nowhere);
  cases.expect(release_chain(false), sc);
  cases.about("an RMW that leaves what it finds");
  cases.expect(mp_unchanged(acquire), nowhere);
  cases.expect(mp_unchanged(once), armv8);
  cases.about("an address dependency orders reads");
  cases.expect(mp_address(release), nowhere);
  cases.expect(mp_address(once), armv8);
  cases.about("dependencies go through the task's own variables");
  for (const int how : {0, 1}) {
    cases.expect(lb_through(plain, how), nowhere);
    cases.expect(lb_through(once, how), nowhere);
  }
  cases.about("plain data: published by release and acquire, or by wmb and acquire");
  cases.expect(mp_plain(release, acquire, true), nowhere);
  cases.expect(mp_plain(once, acquire, true, Order::wmb), nowhere);
  cases.expect(mp_plain(once, acquire, true), armv8);
  cases.expect(mp_plain(release, once, true), armv8);
  cases.expect(mp_plain(release, acquire, false), nowhere);
  cases.expect(plain_read_first(release, acquire), nowhere);
  cases.expect(plain_read_first(once, acquire), armv8);
  cases.expect(plain_writes(release, acquire), nowhere);
  cases.expect(plain_writes(once, acquire), armv8);
  cases.expect(plain_writes(once, once, true), nowhere);
}

}  // namespace lockstep::orders
