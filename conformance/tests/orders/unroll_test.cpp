// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/orders/hand_automata.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

/// load A; if A = 1 then store B; store C; a wait on D; store E.
Automaton branching() {
  const auto node = [](const char* name, Kind kind, const char* cell) {
    Node n = Hand::node(name, kind, Order::once);
    n.cell = {"", cell, nullptr, nullptr};
    if (kind == Kind::store) n.new_value = term::constant(1);
    return n;
  };
  Automaton a;
  a.role = "t";
  a.locals = {"x"};
  a.nodes = {node("A", Kind::load, "a"), node("B", Kind::store, "b"), node("C", Kind::store, "c"),
             node("D", Kind::wait, "d"), node("E", Kind::store, "e")};
  a.nodes[0].result = "x";
  a.nodes[3].guard = term::eq(term::variable("@"), term::constant(1));
  const Term one = term::eq(term::variable("x"), term::constant(1));
  a.edges = {Hand::edge(0, 1, one), Hand::edge(0, 2, term::negate(one)), Hand::edge(1, 2),
             Hand::edge(2, 3), Hand::edge(3, 4)};
  return a;
}

TaskSpec task() {
  TaskSpec t;
  t.name = t.role = "t";
  t.start = "A";
  return t;
}

std::vector<const Event*> at(const Program& p, const std::string& site) {
  std::vector<const Event*> out;
  for (const Event& e : p.events) {
    if (e.site == site) out.push_back(&e);
  }
  return out;
}

}  // namespace

TEST_CASE("A branch is a control dependency of its body, not of what follows both ways",
          "[orders]") {
  const Automaton a = branching();
  CHECK(avoidable(a, 0, 1));
  CHECK_FALSE(avoidable(a, 0, 2));
  Program p;
  CHECK(unroll(p, task(), a).size() == 2);
  REQUIRE(at(p, "B").size() == 1);
  CHECK(at(p, "B").front()->control.size() == 1);
  REQUIRE(at(p, "C").size() == 2);  // a tree: one for each way
  for (const Event* c : at(p, "C")) CHECK(c->control.empty());
  // The exit of a waiting loop comes before everything behind it.
  for (const Event* e : at(p, "E")) {
    REQUIRE(e->control.size() == 1);
    CHECK(p.events[e->control.front().read].site == "D");
  }
  CHECK(p.assumptions.size() == 2);  // each wait is granted
}

TEST_CASE("A peek happens where what was decided before it lets the task come there", "[orders]") {
  Automaton a = branching();
  const Term one = term::eq(term::variable("x"), term::constant(1));
  a.edges[0].peeks = {{"peek0", {"", "f", nullptr, nullptr}, one}};
  Program p;
  unroll(p, task(), a);
  REQUIRE(at(p, "A.f").size() == 1);
  CHECK(term::equal(at(p, "A.f").front()->guard, at(p, "B").front()->guard));
  // Of nothing that is decided before it, it happens whenever the site does.
  a.edges[0].peeks[0].when = nullptr;
  Program always;
  unroll(always, task(), a);
  CHECK(term::is_constant(at(always, "A.f").front()->guard, 1));
}

TEST_CASE("A task takes the way that the question names, and stops where it says", "[orders]") {
  TaskSpec t = task();
  t.next = {{"A", {"C"}}};
  t.stop_at = {"D"};
  Program p;
  const std::vector<TaskEnd> ends = unroll(p, t, branching());
  REQUIRE(ends.size() == 1);
  CHECK(ends.front().stopped_at == "D");
  CHECK(at(p, "B").empty());
  CHECK(at(p, "D").empty());
}

TEST_CASE("A full store is a write and a barrier; weakened it keeps an empty one", "[orders]") {
  Automaton a = branching();
  a.nodes[2].order = Order::full;
  TaskSpec t = task();
  t.next = {{"A", {"C"}}};
  Program strong, weak;
  unroll(strong, t, a);
  unroll(weak, t, a, {{"C", Order::release}});
  REQUIRE(at(strong, "C").size() == 2);
  REQUIRE(at(weak, "C").size() == 2);
  CHECK(at(strong, "C")[0]->order == Order::once);
  CHECK(at(strong, "C")[1]->order == Order::mb);
  CHECK(at(weak, "C")[0]->order == Order::release);
  CHECK(at(weak, "C")[1]->order == Order::none);
  CHECK(strong.events.size() == weak.events.size());
}

TEST_CASE("An increment that is a store reads first; what is loaded besides has its own event",
          "[orders]") {
  Automaton a = branching();
  a.nodes[2].new_value = term::add(term::variable("@"), term::variable("also0"));
  a.nodes[2].also = {{"also0", {"", "f", nullptr, nullptr}}};
  TaskSpec t = task();
  t.next = {{"A", {"C"}}};
  Program p;
  unroll(p, t, a);
  REQUIRE(at(p, "C").size() == 2);
  CHECK(at(p, "C")[0]->act == Act::read);
  CHECK(at(p, "C")[1]->act == Act::write);
  CHECK_FALSE(at(p, "C")[1]->in_rmw);
  CHECK(at(p, "C")[1]->data.size() == 2);
  REQUIRE(at(p, "C.f").size() == 1);
  CHECK(at(p, "C.f").front()->order == Order::plain);
}

TEST_CASE("A path with more visits than allowed is left out, and an unknown name is refused",
          "[orders]") {
  Automaton a = branching();
  a.edges.push_back(Hand::edge(4, 0));
  TaskSpec t = task();
  Program p;
  CHECK(unroll(p, t, a).empty());  // it never ends
  t.start = "Z";
  CHECK_THROWS_WITH(unroll(p, t, a), Catch::Contains("the automaton of t has no node 'Z'"));
  t.start = "A";
  t.locals = {{"y", 1}};
  CHECK_THROWS_WITH(unroll(p, t, a), Catch::Contains("has no local 'y'"));
}
