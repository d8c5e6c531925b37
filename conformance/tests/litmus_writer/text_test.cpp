// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/approved.hpp"
#include "tests/litmus_writer/round_trip.hpp"
#include "tests/order_questions/subject.hpp"
#include "tests/orders/shapes.hpp"

using namespace lockstep;
using namespace lockstep::orders;
using Catch::Matchers::Contains;

namespace {

const Term old = term::variable("@");

Program one_rmw(Order order, const Term& value, const Term& writes_if = nullptr, Atom initial = 0) {
  Program p;
  p.name = "one";
  initially(p, shared("x"), number(initial));
  ThreadBuilder a{p, "a"};
  p.forbidden = equals(a.rmw("U", shared("x"), order, value, writes_if), 1);
  return p;
}

std::string of(const Program& p) {
  return written(p, {});
}

}  // namespace

TEST_CASE("A question as a litmus test", "[litmus]") {
  const QuestionSubject& s = QuestionSubject::toy();
  const std::string name = "enter_or_close";
  const std::string about = "Protocol door, question " + name + ".";
  const std::string text = litmus::write(make_program(s.question(name), s.automata, s.symbols),
                                         s.symbols, {"door-" + name, "Never", {about}});
  CHECK(text == lockstep::testing::approved("litmus_writer/approved/enter_or_close.litmus", text));
}

TEST_CASE("Read-modify-writes by what they write and when", "[litmus]") {
  const auto plus = [](Atom a) { return term::add(old, number(a)); };
  CHECK_THAT(of(one_rmw(Order::once, number(3))), Contains("r1 = xchg_relaxed(x, 3);"));
  CHECK_THAT(of(one_rmw(Order::full, number(3))), Contains("r1 = xchg(x, 3);"));
  CHECK_THAT(of(one_rmw(Order::release, plus(2))),
             Contains("r1 = atomic_fetch_add_release(2, x);"));
  CHECK_THAT(of(one_rmw(Order::acquire, term::sub(old, number(2)))),
             Contains("r1 = atomic_fetch_sub_acquire(2, x);"));
  CHECK_THAT(of(one_rmw(Order::once, term::make(Op::bor, {old, number(2)}))),
             Contains("r1 = atomic_fetch_or_relaxed(2, x);"));
  CHECK_THAT(of(one_rmw(Order::once, number(5), equals(old, 1))),
             Contains("r1 = cmpxchg_relaxed(x, 1, 5);"));
  // What is added to 1 is 2; the acquire orders the write behind the read.
  CHECK_THAT(of(one_rmw(Order::acquire, plus(1), equals(old, 1))),
             Contains("r1 = cmpxchg_acquire(x, 1, 2);"));
}

TEST_CASE("An addition unless a value is there answers yes or no", "[litmus]") {
  Program p = one_rmw(Order::once, term::add(old, number(1)), term::ne(old, number(0)), 1);
  CHECK_THAT(of(p),
             Contains("r1 = atomic_add_unless_relaxed(x, 1, 0);") && Contains("exists (0:q1=1)"));
  // How much was there is another question.
  ThreadBuilder{p, "b"}.write("W", shared("x"), number(2), Order::once);
  CHECK_THROWS_AS(of(p), litmus::Unwritable);
}

TEST_CASE("What C cannot say is refused, with the event", "[litmus]") {
  CHECK_THROWS_WITH(of(one_rmw(Order::once, term::add(old, number(1)), equals(old, 1))),
                    Contains("a U: a litmus test cannot say an exchange that may fail"));
  CHECK_THROWS_WITH(of(one_rmw(Order::acq_rel, number(1))),
                    Contains("a U:") && Contains("acq_rel"));
  CHECK_THROWS_WITH(of(one_rmw(Order::once, term::make(Op::mul, {old, old}))), Contains("a U:"));
  Program p = program("fence", {});
  ThreadBuilder{p, "a"}.fence("F", Order::release);
  p.forbidden = number(1);
  CHECK_THROWS_WITH(of(p), Contains("a F: a litmus test cannot say a fence that is release"));
  Program none = program("no value", {});
  ThreadBuilder a{none, "a"};
  none.forbidden = equals(a.read("R", shared("x"), Order::once), 1);
  CHECK_THROWS_WITH(of(none), Contains("a R:") && Contains("without a value at the start"));
  Program open = program("open", {"x"});
  ThreadBuilder{open, "a"}.write("W", shared("x"), number(1), Order::once);
  open.events.back().open = 0;
  open.forbidden = number(1);
  CHECK_THROWS_WITH(of(open), Contains("a W:") && Contains("an order that is asked for"));
}
