// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/symmetry.hpp"

#include <catch2/catch.hpp>

#include "orders/encode/observe.hpp"
#include "orders/program/builder.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

Term number(Atom value) {
  return term::constant(value);
}

/// Each thread adds 1 to x, under a lock taken with this order; threads from `odd` on add 2.
Program counter(int threads, Order order, int odd = 99) {
  Program p;
  p.name = "counter";
  initially(p, shared("lock"), number(0));
  initially(p, shared("x"), number(0));
  for (int i = 0; i < threads; ++i) {
    ThreadBuilder t{p, "P" + std::to_string(i)};
    t.assume(term::eq(t.rmw("Lock", shared("lock"), order, number(1)), number(0)));
    // Sites are names for people: that they differ tells nothing.
    const Term x = t.read("Read" + std::to_string(i), shared("x"), Order::once);
    t.write("Write", shared("x"), term::add(x, number(i >= odd ? 2 : 1)), Order::once);
    t.write("Unlock", shared("lock"), number(0), Order::release);
  }
  p.finals.push_back({shared("x"), term::variable("last x")});
  p.forbidden = term::ne(term::variable("last x"), number(threads));
  return p;
}

std::vector<int> group(const Program& p) {
  const auto found = symmetries(p);
  return found.size() == 1 ? found[0].threads : std::vector<int>{};
}

}  // namespace

TEST_CASE("Threads with the same code are interchangeable", "[orders]") {
  CHECK(group(counter(3, Order::acquire)) == std::vector{0, 1, 2});
  CHECK(group(counter(4, Order::acquire, 2)).empty());  // two groups of two
  CHECK(symmetries(counter(4, Order::acquire, 2)).size() == 2);
  CHECK(group(counter(3, Order::acquire, 2)) == std::vector{0, 1});
}

TEST_CASE("A question or an order that tells threads apart ends their symmetry", "[orders]") {
  Program p = counter(3, Order::acquire);
  const auto read_of = [&p](int thread) {
    for (const Event& e : p.events) {
      if (e.thread == thread && e.site.starts_with("Read")) return e.value;
    }
    return Term{};
  };
  SECTION("the forbidden end") {
    p.forbidden = term::eq(read_of(1), number(0));
    CHECK(group(p) == std::vector{0, 2});
  }
  SECTION("a forbidden end that names all of them alike") {
    p.forbidden = term::either(
        term::eq(read_of(2), number(0)),
        term::either(term::eq(read_of(0), number(0)), term::eq(number(0), read_of(1))));
    CHECK(group(p) == std::vector{0, 1, 2});
  }
  SECTION("an assumption") {
    p.assumptions.push_back(term::eq(read_of(0), number(1)));
    CHECK(group(p) == std::vector{1, 2});
  }
  SECTION("an order") {
    p.events.back().order = Order::once;
    CHECK(group(p) == std::vector{0, 1});
  }
  SECTION("a mark") {
    p.events.back().marks = 1;
    CHECK(group(p) == std::vector{0, 1});
  }
  SECTION("a dependency") {
    p.events.back().control.push_back({p.events.back().previous - 1, nullptr});
    CHECK(group(p) == std::vector{0, 1});
  }
}

TEST_CASE("Verdicts do not depend on what is done for speed", "[orders]") {
  const Order order = GENERATE(Order::acquire, Order::once);
  const bool last = GENERATE(false, true);
  Program p = counter(3, order, last ? 2 : 99);
  for (const char* model : {"sc", "lkmm"}) {
    Limits plain;
    plain.narrow_values = plain.break_symmetry = false;
    const Observation slow = observe(p, builtin_model(model), plain);
    const Observation quick = observe(p, builtin_model(model));
    CHECK(slow.verdict == quick.verdict);
    CHECK(slow.race == quick.race);
    if (last) continue;  // x ends as 4, and says nothing of the lock
    const bool safe = order == Order::acquire || std::string{model} == "sc";
    CHECK(quick.verdict == (safe ? Observed::never : Observed::sometimes));
  }
}
