// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

namespace lockstep::orders {

namespace {

using enum Allowed;
constexpr Order once = Order::once, acquire = Order::acquire, release = Order::release;

/// x = 1 ... y = 1 against r = y ... s = x: may the reader see the flag and not the data?
Program mp(Order write_order, Between writer, Order read_order, Between reader) {
  Program p = program("MP", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  second_write(a, number(0), writer, "y", number(1), write_order);
  ThreadBuilder b{p, "b"};
  const Term r = b.read("Y", shared("y"), read_order);
  const Term s = second_read(b, r, reader, "x", once);
  p.forbidden = all({equals(r, 1), equals(s, 0)});
  return p;
}

/// r = x ... y = 1 against s = y ... x = 1: may both see what is written later?
Program lb(Between first, Between second, Order read_order = once, Order write_order = once) {
  Program p = program("LB", {"x", "y"});
  ThreadBuilder a{p, "a"};
  const Term r = a.read("X", shared("x"), read_order);
  second_write(a, r, first, "y", number(1), write_order);
  ThreadBuilder b{p, "b"};
  const Term s = b.read("Y", shared("y"), read_order);
  second_write(b, s, second, "x", number(1), write_order);
  p.forbidden = all({equals(r, 1), equals(s, 1)});
  return p;
}

/// x = 1 ... r = y against y = 1 ... s = x: may both miss the other's write?
Program sb(Between first, Between second) {
  Program p = program("SB", {"x", "y"});
  ThreadBuilder a{p, "a"};
  a.write("X", shared("x"), number(1), once);
  const Term r = second_read(a, number(0), first, "y", once);
  ThreadBuilder b{p, "b"};
  b.write("Y", shared("y"), number(1), once);
  const Term s = second_read(b, number(0), second, "x", once);
  p.forbidden = all({equals(r, 0), equals(s, 0)});
  return p;
}

void mp_cases(Cases& cases) {
  cases.about("MP needs a barrier or order on both sides");
  using enum Between;
  cases.expect(mp(once, nothing, once, nothing), armv8);
  cases.expect(mp(release, nothing, once, nothing), armv8);
  cases.expect(mp(once, wmb, once, nothing), armv8);
  cases.expect(mp(once, nothing, acquire, nothing), armv8);
  cases.expect(mp(release, nothing, acquire, nothing), nowhere);
  cases.expect(mp(once, wmb, once, rmb), nowhere);
  cases.expect(mp(once, mb, once, mb), nowhere);
  cases.expect(mp(once, wmb, acquire, nothing), nowhere);
  cases.expect(mp(release, nothing, once, rmb), nowhere);
  // A read is not kept after a branch; an rmb does not order writes, a wmb not reads.
  cases.expect(mp(release, nothing, once, control), armv8);
  cases.expect(mp(once, rmb, once, rmb), armv8);
  cases.expect(mp(once, wmb, once, wmb), armv8);
}

void lb_cases(Cases& cases) {
  cases.about("LB is forbidden by dependencies to writes, acquire, release or mb");
  using enum Between;
  cases.expect(lb(nothing, nothing), armv8);
  cases.expect(lb(data, nothing), armv8);
  cases.expect(lb(data, data), nowhere);
  cases.expect(lb(control, control), nowhere);
  cases.expect(lb(mb, control), nowhere);
  cases.expect(lb(rmb, rmb), lkmm);
  cases.expect(lb(wmb, wmb), armv8);
  cases.expect(lb(nothing, nothing, acquire), nowhere);
  cases.expect(lb(nothing, nothing, once, release), nowhere);
}

void sb_cases(Cases& cases) {
  cases.about("SB is forbidden by mb on both sides alone");
  using enum Between;
  cases.expect(sb(nothing, nothing), tso);
  cases.expect(sb(mb, nothing), tso);
  cases.expect(sb(wmb, rmb), tso);
  cases.expect(sb(mb, mb), nowhere);
}

void s_cases(Cases& cases) {
  cases.about("S: a release is not overwritten by what its acquirer writes");
  for (const auto& [order, outcome] : {std::pair{release, nowhere}, std::pair{once, armv8}}) {
    Program p = program("S", {"x", "y"});
    ThreadBuilder a{p, "a"};
    a.write("X2", shared("x"), number(2), once);
    a.write("Y1", shared("y"), number(1), order);
    ThreadBuilder b{p, "b"};
    const Term r = b.read("Y", shared("y"), acquire);
    b.write("X1", shared("x"), number(1), once);
    ThreadBuilder c{p, "c"};  // sees the order of the two writes of x
    const Term first = c.read("Xa", shared("x"), once);
    const Term second = c.read("Xb", shared("x"), once);
    p.forbidden = all({equals(r, 1), equals(first, 1), equals(second, 2)});
    cases.expect(p, outcome);
  }
}

void r_cases(Cases& cases) {
  cases.about("R: a write against a write and a read needs mb on both sides");
  for (const bool strong : {true, false}) {
    Program p = program("R", {"x", "y"});
    ThreadBuilder a{p, "a"};
    a.write("X1", shared("x"), number(1), once);
    a.fence("Fa", strong ? Order::mb : Order::wmb);
    a.write("Y1", shared("y"), number(1), once);
    ThreadBuilder b{p, "b"};
    b.write("Y2", shared("y"), number(2), once);
    b.fence("Fb", Order::mb);
    const Term r = b.read("X", shared("x"), once);
    ThreadBuilder c{p, "c"};
    const Term first = c.read("Ya", shared("y"), once);
    const Term second = c.read("Yb", shared("y"), once);
    p.forbidden = all({equals(r, 0), equals(first, 1), equals(second, 2)});
    cases.expect(p, strong ? nowhere : lkmm);
  }
}

void two_writers(Cases& cases) {
  cases.about("2+2W: a wmb pushes nothing back, so two writers need mb on both sides");
  for (const bool both : {true, false}) {
    const Order fence = both ? Order::mb : Order::wmb;
    Program p = program("2+2W", {"x", "y"});
    ThreadBuilder a{p, "a"};
    a.write("X1", shared("x"), number(1), once);
    a.fence("Fa", fence);
    a.write("Y2", shared("y"), number(2), once);
    ThreadBuilder b{p, "b"};
    b.write("Y1", shared("y"), number(1), once);
    b.fence("Fb", fence);
    b.write("X2", shared("x"), number(2), once);
    ThreadBuilder c{p, "c"};
    const Term x1 = c.read("Xa", shared("x"), once), x2 = c.read("Xb", shared("x"), once);
    ThreadBuilder d{p, "d"};
    const Term y1 = d.read("Ya", shared("y"), once), y2 = d.read("Yb", shared("y"), once);
    p.forbidden = all({equals(x1, 2), equals(x2, 1), equals(y1, 2), equals(y2, 1)});
    cases.expect(p, both ? nowhere : lkmm);
  }
}

void iriw(Cases& cases) {
  cases.about("IRIW: two readers agree on two writers only with mb");
  for (const auto& [fence, outcome] :
       {std::pair{Order::mb, nowhere}, std::pair{Order::rmb, lkmm}}) {
    Program p = program("IRIW", {"x", "y"});
    ThreadBuilder{p, "a"}.write("X", shared("x"), number(1), once);
    ThreadBuilder{p, "b"}.write("Y", shared("y"), number(1), once);
    ThreadBuilder c{p, "c"};
    const Term cx = c.read("Cx", shared("x"), once);
    c.fence("Fc", fence);
    const Term cy = c.read("Cy", shared("y"), once);
    ThreadBuilder d{p, "d"};
    const Term dy = d.read("Dy", shared("y"), once);
    d.fence("Fd", fence);
    const Term dx = d.read("Dx", shared("x"), once);
    p.forbidden = all({equals(cx, 1), equals(cy, 0), equals(dy, 1), equals(dx, 0)});
    cases.expect(p, outcome);
  }
}

void wrc(Cases& cases) {
  cases.about("WRC: a release pushes what its task has read");
  for (const auto& [order, outcome] : {std::pair{release, nowhere}, std::pair{once, armv8}}) {
    Program p = program("WRC", {"x", "y"});
    ThreadBuilder{p, "a"}.write("X", shared("x"), number(1), once);
    ThreadBuilder b{p, "b"};
    const Term r = b.read("Bx", shared("x"), once);
    b.write("By", shared("y"), number(1), order);
    ThreadBuilder c{p, "c"};
    const Term s = c.read("Cy", shared("y"), acquire);
    const Term t = c.read("Cx", shared("x"), once);
    p.forbidden = all({equals(r, 1), equals(s, 1), equals(t, 0)});
    cases.expect(p, outcome);
  }
}

void isa2(Cases& cases) {
  cases.about("ISA2: release and acquire chain over three tasks; a wmb does not");
  for (const bool releases : {true, false}) {
    Program p = program("ISA2", {"x", "y", "z"});
    ThreadBuilder a{p, "a"};
    a.write("Ax", shared("x"), number(1), once);
    a.write("Ay", shared("y"), number(1), releases ? release : once);
    ThreadBuilder b{p, "b"};
    const Term r = b.read("By", shared("y"), acquire);
    b.write("Bz", shared("z"), number(1), release);
    ThreadBuilder c{p, "c"};
    const Term s = c.read("Cz", shared("z"), acquire);
    const Term t = c.read("Cx", shared("x"), once);
    p.forbidden = all({equals(r, 1), equals(s, 1), equals(t, 0)});
    cases.expect(p, releases ? nowhere : armv8);
  }
}

void one_cell(Cases& cases) {
  cases.about("One cell alone is coherent even for plain accesses of one writer");
  Program p = program("CoRR", {"x"});
  ThreadBuilder{p, "a"}.write("X", shared("x"), number(1), once);
  ThreadBuilder b{p, "b"};
  const Term r = b.read("R1", shared("x"), once), s = b.read("R2", shared("x"), once);
  p.forbidden = all({equals(r, 1), equals(s, 0)});
  cases.expect(p, nowhere);
}

void one_cell_at_the_end(Cases& cases) {
  cases.about("what is written last stays, whether anybody looks on or not");
  Program p = program("CoWW", {"x"});
  ThreadBuilder t{p, "t"};
  t.write("X1", shared("x"), number(1), once);
  t.write("X2", shared("x"), number(2), once);
  p.forbidden = equals(last_value(p, "x"), 1);
  cases.expect(p, nowhere);
  for (const bool strong : {true, false}) {
    Program q = program("2+2W", {"x", "y"});
    const auto writer = [&](const char* name, const char* first, const char* second) {
      ThreadBuilder w{q, name};
      w.write("W1", shared(first), number(2), once);
      w.fence("F", strong ? Order::mb : Order::wmb);
      w.write("W2", shared(second), number(1), once);
    };
    writer("a", "x", "y");
    writer("b", "y", "x");
    q.forbidden = all({equals(last_value(q, "x"), 2), equals(last_value(q, "y"), 2)});
    cases.expect(q, strong ? nowhere : lkmm);
  }
}

/// LB through the address of what is written, and through another access of one cell.
void lb_more(Cases& cases) {
  cases.about("a write waits for its address, and for what its task has read of the same cell");
  Program p = program("LB+addr", {"x"});
  for (const Atom i : {0, 1}) initially(p, {"", "t", nullptr, number(i)}, number(0));
  ThreadBuilder a{p, "a"};
  const Term x = a.read("X", shared("x"), once);
  a.write("T", {"", "t", nullptr, x}, number(1), once);
  ThreadBuilder b{p, "b"};
  const Term t = b.read("T", {"", "t", nullptr, number(1)}, acquire);
  b.write("X", shared("x"), number(1), once);
  p.forbidden = all({equals(x, 1), equals(t, 1)});
  cases.expect(p, nowhere);
  Program q = program("LB+rmb-fri", {"x", "y"});
  ThreadBuilder c{q, "c"};
  const Term y = c.read("Y", shared("y"), once);
  c.fence("F", Order::rmb);
  c.read("X", shared("x"), once);
  c.write("X", shared("x"), number(2), once);
  ThreadBuilder d{q, "d"};
  const Term seen = d.read("X", shared("x"), acquire);
  d.write("Y", shared("y"), number(1), once);
  q.forbidden = all({equals(y, 1), equals(seen, 2)});
  cases.expect(q, nowhere);
}

}  // namespace

void add_shapes(Cases& cases) {
  for (const auto add : {mp_cases, lb_cases, sb_cases, s_cases, r_cases, two_writers, iriw, wrc,
                         isa2, one_cell, one_cell_at_the_end, lb_more}) {
    add(cases);
  }
}

}  // namespace lockstep::orders
