// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/orders/shapes.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

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

void expect(const Program& p, const char* lkmm, const char* sc = "never") {
  CAPTURE(p.name);
  CHECK(verdict(p, "sc") == sc);
  CHECK(verdict(p, "lkmm") == lkmm);
}

}  // namespace

TEST_CASE("MP needs a barrier or order on both sides", "[orders]") {
  using enum Between;
  expect(mp(once, nothing, once, nothing), "reachable");
  expect(mp(release, nothing, once, nothing), "reachable");
  expect(mp(once, wmb, once, nothing), "reachable");
  expect(mp(once, nothing, acquire, nothing), "reachable");
  expect(mp(release, nothing, acquire, nothing), "never");
  expect(mp(once, wmb, once, rmb), "never");
  expect(mp(once, mb, once, mb), "never");
  expect(mp(once, wmb, acquire, nothing), "never");
  expect(mp(release, nothing, once, rmb), "never");
  // A read is not kept after a branch; an rmb does not order writes, a wmb not reads.
  expect(mp(release, nothing, once, control), "reachable");
  expect(mp(once, rmb, once, rmb), "reachable");
  expect(mp(once, wmb, once, wmb), "reachable");
}

TEST_CASE("LB is forbidden by dependencies to writes, acquire, release or mb", "[orders]") {
  using enum Between;
  expect(lb(nothing, nothing), "reachable");
  expect(lb(data, nothing), "reachable");
  expect(lb(data, data), "never");
  expect(lb(control, control), "never");
  expect(lb(mb, control), "never");
  expect(lb(rmb, rmb), "reachable");
  expect(lb(wmb, wmb), "reachable");
  expect(lb(nothing, nothing, acquire), "never");
  expect(lb(nothing, nothing, once, release), "never");
}

TEST_CASE("SB is forbidden by mb on both sides alone", "[orders]") {
  using enum Between;
  expect(sb(nothing, nothing), "reachable");
  expect(sb(mb, nothing), "reachable");
  expect(sb(wmb, rmb), "reachable");
  expect(sb(mb, mb), "never");
}

TEST_CASE("S: a release is not overwritten by what its acquirer writes", "[orders]") {
  for (const auto& [order, outcome] : {std::pair{release, "never"}, std::pair{once, "reachable"}}) {
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
    expect(p, outcome);
  }
}

TEST_CASE("R: a write against a write and a read needs mb on both sides", "[orders]") {
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
    expect(p, strong ? "never" : "reachable");
  }
}

TEST_CASE("2+2W: a wmb pushes nothing back, so two writers need mb on both sides", "[orders]") {
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
    expect(p, both ? "never" : "reachable");
  }
}

TEST_CASE("IRIW: two readers agree on two writers only with mb", "[orders]") {
  for (const auto& [fence, outcome] : {std::pair{Order::mb, "never"}, std::pair{Order::rmb, "reachable"}}) {
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
    expect(p, outcome);
  }
}

TEST_CASE("WRC: a release pushes what its task has read", "[orders]") {
  for (const auto& [order, outcome] : {std::pair{release, "never"}, std::pair{once, "reachable"}}) {
    Program p = program("WRC", {"x", "y"});
    ThreadBuilder{p, "a"}.write("X", shared("x"), number(1), once);
    ThreadBuilder b{p, "b"};
    const Term r = b.read("Bx", shared("x"), once);
    b.write("By", shared("y"), number(1), order);
    ThreadBuilder c{p, "c"};
    const Term s = c.read("Cy", shared("y"), acquire);
    const Term t = c.read("Cx", shared("x"), once);
    p.forbidden = all({equals(r, 1), equals(s, 1), equals(t, 0)});
    expect(p, outcome);
  }
}

TEST_CASE("ISA2: release and acquire chain over three tasks; a wmb does not", "[orders]") {
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
    expect(p, releases ? "never" : "reachable");
  }
}

TEST_CASE("One cell alone is coherent even for plain accesses of one writer", "[orders]") {
  Program p = program("CoRR", {"x"});
  ThreadBuilder{p, "a"}.write("X", shared("x"), number(1), once);
  ThreadBuilder b{p, "b"};
  const Term r = b.read("R1", shared("x"), once), s = b.read("R2", shared("x"), once);
  p.forbidden = all({equals(r, 1), equals(s, 0)});
  expect(p, "never");
}
