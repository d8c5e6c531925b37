// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "model/verdict.hpp"
#include "tests/orders/hand_automata.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

Order order_of(const Program& p, const std::string& site) {
  return std::ranges::find(p.events, site, &Event::site)->order;
}

}  // namespace

TEST_CASE("What a caller overrides comes before what a question assumes", "[orders]") {
  Hand hand;
  Question q = hand.question();
  q.orders = {{"Attach_Box", Order::once}, {"Publish", Order::once}};
  CHECK(hand.ask(q).outcome == Outcome::reachable);
  CHECK(hand.ask(q, "lkmm", {{"Attach_Box", Order::release}}).outcome == Outcome::never);
  const Program p = make_program(q, hand.automata, hand.symbols, {{"Attach_Box", Order::release}});
  CHECK(order_of(p, "Attach_Box") == Order::release);
  CHECK(order_of(p, "Publish") == Order::once);
}

TEST_CASE("A group's name stands for all its writes, unless one is named by its cell", "[orders]") {
  Hand hand;
  const Program p = make_program(hand.question(), hand.automata, hand.symbols,
                                 {{"Fill", Order::once}, {"Fill.owner", Order::release}});
  CHECK(order_of(p, "Fill.data") == Order::once);
  CHECK(order_of(p, "Fill.owner") == Order::release);
}

TEST_CASE("An order for a site that there is not is refused", "[orders]") {
  Hand hand;
  Question q = hand.question();
  CHECK_THROWS_WITH(hand.ask(q, "sc", {{"Nowhere", Order::once}}),
                    "question publication: an order for 'Nowhere': no such site");
  q.orders = {{"Fill.size", Order::once}};
  CHECK_THROWS_WITH(hand.ask(q, "sc"), Catch::Contains("'Fill.size': no such site"));
}

TEST_CASE("A step down at a site that no execution performs says so", "[orders]") {
  Hand hand;
  // The reader always finds nothing, so that it never raises the count.
  hand.automata["writer"].nodes[2].new_value = term::constant(null_atom);
  for (const Weakening& w :
       needed_orders({hand.question()}, hand.automata, builtin_model("lkmm"), hand.symbols)) {
    if (w.site != "Enter_Counted") continue;
    CHECK(w.outcome == Outcome::unknown);
    CHECK(w.reason == "no question is never");
  }
}
