// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once;

/// A ring of tasks, each reading what the one before wrote: G and S are a grace period and a
/// section of RCU, g and s of SRCU, h and r of SRCU with another domain, - hands on what it read.
/// `back`: the sections write first and read then, so that interleavings alone do not forbid it.
Program ring(const std::string& tasks, bool back) {
  Program p = program("ring " + tasks, {"d", "e"});
  const auto cell = [&](std::size_t i) { return shared("x" + std::to_string(i % tasks.size())); };
  for (std::size_t i = 0; i < tasks.size(); ++i) initially(p, cell(i), number(0));
  Term all_seen = number(1);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    ThreadBuilder t{p, "t" + std::to_string(i)};
    const char what = tasks[i];
    const CellTerm domain = shared(what == 'h' || what == 'r' ? "e" : "d");
    const bool srcu_section = what == 's' || what == 'r', section = srcu_section || what == 'S';
    Term index;
    if (what == 'S') t.rcu_lock("Lock");
    if (srcu_section) index = t.srcu_lock("Lock", domain);
    if (section && back) t.write("W", cell(i + 1), number(1), once);
    const Term seen = t.read("R", cell(i), once);
    if (what == 'G') t.grace("Wait");
    if (what == 'g' || what == 'h') t.srcu_grace("Wait", domain);
    if (!section || !back) t.write("W", cell(i + 1), what == '-' ? seen : number(1), once);
    if (what == 'S') t.rcu_unlock("Unlock");
    if (srcu_section) t.srcu_unlock("Unlock", domain, index);
    all_seen = term::both(all_seen, equals(seen, 1));
  }
  p.forbidden = all_seen;
  return p;
}

/// The index goes through memory, and the section may end in another task than it began in.
enum class Index { direct, kept, handed_over, lost };
Program removal(Index how) {
  Program p = program("removal", {"x", "y", "c", "go", "d"});
  ThreadBuilder r{p, "reader"};
  const Term index = r.srcu_lock("Lock", shared("d"));
  const Term y = r.read("Y", shared("y"), once);
  Term got = index, x, handed = number(1);
  if (how == Index::kept) {
    r.write("Keep", shared("c"), index, Order::plain);
    got = r.read("Again", shared("c"), Order::plain);
  }
  if (how == Index::lost) got = number(0);
  if (how == Index::handed_over) {
    r.write("Hand", shared("c"), index, once);
    r.write("Go", shared("go"), number(1), Order::release);
    ThreadBuilder other{p, "other"};
    handed = other.read("Go", shared("go"), Order::acquire);
    got = other.read("C", shared("c"), once);
    x = other.read("X", shared("x"), once);
    other.srcu_unlock("Unlock", shared("d"), got);
  } else {
    x = r.read("X", shared("x"), once);
    r.srcu_unlock("Unlock", shared("d"), got);
  }
  ThreadBuilder w{p, "writer"};
  w.write("SetX", shared("x"), number(1), once);
  w.srcu_grace("Wait", shared("d"));
  w.write("SetY", shared("y"), number(1), once);
  p.forbidden = all({equals(handed, 1), equals(y, 1), equals(x, 0)});
  return p;
}

/// SB with an SRCU section, or a grace period, where mb would stand.
Program sb_with_srcu(bool grace, bool fence) {
  Program p = program("SB with SRCU", {"x", "y", "d"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  if (grace) {
    a.srcu_grace("Wait", shared("d"));
  } else {
    const Term index = a.srcu_lock("Lock", shared("d"));
    a.srcu_unlock("Unlock", shared("d"), index);
  }
  if (fence) {
    a.fence("F", Order::none);
    mark(a, Mark::after_srcu_unlock);
  }
  const Term y = a.read("Y", shared("y"), once);
  ThreadBuilder b{p, "b"};
  b.write("Y", shared("y"), number(1), once);
  b.fence("F", Order::mb);
  const Term x = b.read("X", shared("x"), once);
  p.forbidden = all({equals(y, 0), equals(x, 0)});
  return p;
}

}  // namespace

void add_srcu_cases(Cases& cases) {
  cases.about("a cycle needs more sections than grace periods, of each kind and domain for itself");
  for (const bool back : {false, true}) {
    for (const char* tasks : {"GG", "GS", "G-S", "GGSS", "GSGS", "gg", "gs", "ggss", "gsgs", "gshr",
                              "ghrs", "GgsS", "gGSs", "GSgshr"}) {
      cases.expect(ring(tasks, back), nowhere);
    }
    for (const char* tasks : {"SS", "GSS", "gr", "Gs", "gS", "gss", "gGSr", "ghsr"}) {
      cases.expect(ring(tasks, back), back ? sc : armv8);
    }
  }
  cases.about("the index says which section ends, wherever it went");
  cases.expect(removal(Index::direct), nowhere);
  cases.expect(removal(Index::kept), nowhere);
  cases.expect(removal(Index::handed_over), nowhere);
  cases.expect(removal(Index::lost), armv8);
  cases.about("a grace period of SRCU is a full barrier, and its unlock where a fence says so");
  cases.expect(sb_with_srcu(true, false), nowhere);
  cases.expect(sb_with_srcu(false, true), nowhere);
  cases.expect(sb_with_srcu(false, false), tso);
}

}  // namespace lockstep::orders
