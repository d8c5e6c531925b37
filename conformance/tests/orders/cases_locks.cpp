// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <functional>
#include <optional>

#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once, acquire = Order::acquire, release = Order::release;
const Term old = term::variable("@");

void lock(ThreadBuilder& t, const char* cell) {
  const Term before = t.rmw("Lock", shared(cell), acquire, number(1));
  t.assume(equals(before, 0));
  mark(t, Mark::lock);
}
void unlock(ThreadBuilder& t, const char* cell) {
  t.write("Unlock", shared(cell), number(0), release);
  mark(t, Mark::unlock);
}
void increment(ThreadBuilder& t, const char* cell, bool returns) {
  t.rmw("Inc", shared(cell), once, term::add(old, number(1)));
  if (!returns) mark(t, Mark::noreturn);
}
void kernel_fence(ThreadBuilder& t, Mark m) {
  t.fence("F", Order::none);
  mark(t, m);
}

/// MP, with the lock of one place left and that of another taken on one side, or one lock for both.
Program mp_in_sections(bool writer_has_them, bool one_lock = false) {
  Program p = program("MP in sections", {"x", "y", "s", "t"});
  const char* second = one_lock ? "s" : "t";
  ThreadBuilder a{p, "a"};
  if (writer_has_them) lock(a, "s");
  a.write("X", shared("x"), number(1), once);
  if (writer_has_them) unlock(a, "s"), lock(a, second);
  a.write("Y", shared("y"), number(1), writer_has_them ? once : release);
  ThreadBuilder b{p, "b"};
  if (!writer_has_them) lock(b, "s");
  const Term y = b.read("Y", shared("y"), writer_has_them ? acquire : once);
  if (!writer_has_them) unlock(b, "s"), lock(b, second);
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// MP whose reader leaves one lock and fails to get another.
Program mp_over_failed_trylock() {
  Program p = program("MP over failed trylock", {"x", "y", "s"});
  initially(p, shared("t"), number(1));
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  lock(b, "s");
  const Term y = b.read("Y", shared("y"), once);
  unlock(b, "s");
  b.rmw("Try", shared("t"), acquire, number(1), equals(old, 0));
  mark(b, Mark::lock);
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 1), equals(x, 0)});
  return p;
}

/// What a section wrote, a later section of another task pushes ahead of its own write; `fence`
/// stands after its lock, and then it is a read that the write must be ahead of.
Program handed_over(std::optional<Mark> fence, bool reads) {
  Program p = program("handed over", {"x", "y", "z", "s"});
  ThreadBuilder a{p, "a"};
  lock(a, "s");
  a.write("X", shared("x"), number(1), once);
  a.write("Z", shared("z"), number(1), once);
  unlock(a, "s");
  ThreadBuilder b{p, "b"};
  lock(b, "s");
  if (fence) kernel_fence(b, *fence);
  const Term later = b.read("Z", shared("z"), once);
  Term mine;
  if (reads)
    mine = b.read("Y", shared("y"), once);
  else
    b.write("Y", shared("y"), number(1), once);
  ThreadBuilder c{p, "c"};
  if (reads) {
    c.write("Y", shared("y"), number(1), once);
    c.fence("F", Order::mb);
    const Term x = c.read("X", shared("x"), once);
    p.forbidden = all({equals(later, 1), equals(mine, 0), equals(x, 0)});
  } else {
    const Term y = c.read("Y", shared("y"), acquire), x = c.read("X", shared("x"), once);
    p.forbidden = all({equals(later, 1), equals(y, 1), equals(x, 0)});
  }
  return p;
}

/// Two tasks add to a variable, each within a section or not.
Program two_adders(bool locked) {
  Program p = program("adders", {"x", "s"});
  std::vector<Term> seen;
  for (const char* name : {"a", "b"}) {
    ThreadBuilder t{p, name};
    if (locked) lock(t, "s");
    seen.push_back(t.read("X", shared("x"), Order::plain));
    t.write("Add", shared("x"), term::add(seen.back(), number(1)), Order::plain);
    if (locked) unlock(t, "s");
  }
  p.forbidden = term::eq(seen[0], seen[1]);
  return p;
}

/// One side of SB has something else than mb between its write and its read.
Program sb_with(const std::function<void(ThreadBuilder&)>& between) {
  Program p = program("SB with", {"x", "y", "z"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  between(a);
  const Term y = a.read("Y", shared("y"), once);
  ThreadBuilder b{p, "b"};
  b.write("Y", shared("y"), number(1), once);
  b.fence("F", Order::mb);
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 0), equals(x, 0)});
  return p;
}

/// An operation that fails: it is no barrier, but those beside it are.
void failing(ThreadBuilder& t) {
  t.rmw("Try", shared("z"), Order::full, number(1), equals(old, 7));
}

/// MP whose reader looks at the flag by adding to it, with or without a use for the result.
Program mp_by_increment(bool returns) {
  Program p = program("MP by increment", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  increment(b, "y", returns);
  b.fence("F", Order::rmb);
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(last_value(p, "y"), 2), equals(x, 0)});
  return p;
}

/// The other side: the increment reads the data, after the flag.
Program mp_then_increment(bool returns) {
  Program p = program("MP then increment", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(2), once);
  a.write("Y", shared("y"), number(1), release);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("Y", shared("y"), once);
  b.fence("F", Order::rmb);
  increment(b, "x", returns);
  p.forbidden = all({equals(y, 1), equals(last_value(p, "x"), 2)});
  return p;
}

}  // namespace

void add_lock_cases(Cases& cases) {
  cases.about("two sections of a lock exclude each other, and plain data is seen by the next");
  cases.expect(two_adders(true), nowhere, "never");
  cases.expect(two_adders(false), sc, "reachable");
  cases.about("what is before an unlock is before what follows a later lock, of any lock");
  for (const bool one_lock : {true, false}) {
    cases.expect(mp_in_sections(true, one_lock), nowhere);
    cases.expect(mp_in_sections(false, one_lock), nowhere);
  }
  cases.expect(mp_over_failed_trylock(), armv8);
  cases.about("a lock handed over pushes writes, and with its fence it is as good as mb");
  cases.expect(handed_over({}, false), nowhere);
  cases.expect(handed_over({}, true), lkmm);
  cases.expect(handed_over(Mark::after_unlock_lock, true), nowhere);
  cases.about("barriers beside a lock or an atomic operation make a full barrier of it");
  const auto beside = [&cases](std::optional<Mark> before, bool locks, std::optional<Mark> after,
                               Allowed allowed) {
    cases.expect(sb_with([&](ThreadBuilder& t) {
                   if (before) kernel_fence(t, *before);
                   if (locks)
                     lock(t, "z");
                   else
                     increment(t, "z", false);
                   if (after) kernel_fence(t, *after);
                 }),
                 allowed);
  };
  beside({}, false, {}, armv8);  // on x86 the operation itself is a barrier
  beside(Mark::before_atomic, false, {}, nowhere);
  beside({}, false, Mark::after_atomic, nowhere);
  beside({}, true, {}, armv8);
  beside(Mark::before_atomic, true, {}, lkmm);  // a lock is no atomic operation
  beside({}, true, Mark::after_spinlock, nowhere);
  cases.expect(sb_with(failing), armv8);
  cases.expect(sb_with([](ThreadBuilder& t) {
                 kernel_fence(t, Mark::before_atomic);
                 failing(t);
               }),
               nowhere);
  cases.expect(sb_with([](ThreadBuilder& t) {
                 failing(t);
                 kernel_fence(t, Mark::after_atomic);
               }),
               nowhere);
  cases.about("barrier() is for the compiler alone");
  cases.expect(sb_with([](ThreadBuilder& t) { kernel_fence(t, Mark::compiler); }), tso);
  cases.about("smp_rmb() orders no read whose value nobody gets");
  cases.expect(mp_by_increment(true), nowhere);
  cases.expect(mp_by_increment(false), armv8);
  cases.expect(mp_then_increment(true), nowhere);
  cases.expect(mp_then_increment(false), lkmm);
}

}  // namespace lockstep::orders
