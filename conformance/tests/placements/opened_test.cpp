// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "model/verdict.hpp"
#include "orders/litmus/litmus.hpp"
#include "orders/placements/fixed.hpp"
#include "orders/placements/needs.hpp"
#include "tests/placements/sites.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

/// Message passing with a full barrier on each side, one of them in a store.
Program with_barriers() {
  Program p = sites_program("barriers", {"data", "flag"});
  ThreadBuilder w{p, "writer"};
  w.store_mb("S1", shared("data"), term::constant(1));
  w.write("S2", shared("flag"), term::constant(1), Order::once);
  ThreadBuilder r{p, "reader"};
  const Term flag = r.read("L1", shared("flag"), Order::once);
  r.fence("F", Order::mb);
  const Term data = r.read("L2", shared("data"), Order::once);
  p.forbidden = term::both(term::eq(flag, term::constant(1)), term::eq(data, term::constant(0)));
  return p;
}

std::vector<std::string> needed(const SiteNeed& need) {
  std::vector<std::string> out;
  for (const auto& way : need.weakest) out.push_back(order_text(way, need.fence));
  return out;
}

}  // namespace

TEST_CASE(
    "opened: a store with its barrier is one site, and the declared placement is the program") {
  const Program p = with_barriers();
  const Opened o = opened(p, Opening::declared);
  CHECK(o.lattice.sites() == 2);
  CHECK(o.lattice.combinations() == 20);
  CHECK(text(o.lattice.written(o.declared)) == "F:mb S1:full");
  CHECK(text(with_orders(o.program, o.lattice, o.declared), {}) == text(p, {}));
  const Opened all = opened(p, Opening::also_relaxed);
  CHECK(all.lattice.sites() == 5);
  CHECK(text(all.lattice.written(all.declared)) == "F:mb S1:full");
  CHECK(opened(p, Opening::declared, {"F"}).lattice.sites() == 1);
}

TEST_CASE(
    "opened: a fence with both halves becomes two fences, and what follows stays behind them") {
  const Opened o = opened(with_barriers(), Opening::declared);
  Placement halves = with_order(o.lattice, o.declared, "F", Order::rmb);
  halves[o.lattice.find({"F", Order::wmb})] = true;
  const Program fixed = with_orders(o.program, o.lattice, halves);
  REQUIRE(fixed.events.size() == o.program.events.size() + 1);
  std::vector<Order> fences;
  for (std::size_t i = 0; i < fixed.events.size(); ++i) {
    const Event& e = fixed.events[i];
    CHECK(e.id == static_cast<int>(i));
    CHECK(e.previous < e.id);
    if (e.site == "F") fences.push_back(e.order);
    if (e.site == "L2") CHECK(fixed.events[e.previous].order == Order::wmb);
  }
  CHECK(fences == std::vector<Order>{Order::rmb, Order::wmb});
  CHECK(decide(fixed, builtin_model("lkmm")).outcome == Outcome::never);
}

TEST_CASE("needs: the weakest order of a site, with all others as declared") {
  const std::vector<AskedQuestion> asked{{"q", opened(with_barriers(), Opening::declared)}};
  const auto under = [&](const char* model) { return site_needs(asked, builtin_model(model)); };
  for (const SiteNeed& n : under("lkmm")) {
    INFO(n.site);
    CHECK(n.reason.empty());
    CHECK(needed(n) == std::vector<std::string>{n.site == "F" ? "rmb" : "full"});
    CHECK(n.questions == std::vector<std::string>{"q"});
    CHECK(n.pairs_with == std::vector<std::string>{n.site == "F" ? "writer.S1" : "reader.F"});
    CHECK(single_order(n.weakest.front(), n.fence) == (n.fence ? Order::rmb : Order::full));
  }
  for (const SiteNeed& n : under("tso")) {
    CHECK(needed(n) == std::vector<std::string>{n.fence ? "none" : "once"});
    CHECK(n.questions.empty());
    CHECK(n.pairs_with.empty());
  }
}

TEST_CASE("needs: where nothing meets an order, what is needed together is a pair") {
  Program p = sites_program("load buffering", {"x", "y"});
  ThreadBuilder a{p, "a"};
  const Term x = a.read("A", shared("x"), Order::acquire);
  a.write("AW", shared("y"), term::constant(1), Order::once);
  ThreadBuilder b{p, "b"};
  const Term y = b.read("B", shared("y"), Order::acquire);
  b.write("BW", shared("x"), term::constant(1), Order::once);
  p.forbidden = term::both(term::eq(x, term::constant(1)), term::eq(y, term::constant(1)));
  const std::vector<AskedQuestion> asked{{"q", opened(p, Opening::declared)}};
  for (const SiteNeed& n : site_needs(asked, builtin_model("lkmm"))) {
    CHECK(n.pairs_with == std::vector<std::string>{n.site == "A" ? "b.B" : "a.A"});
  }
}

TEST_CASE("needs: two orders may each suffice; a question that is reachable needs none") {
  const SiteOrder a{"F", Order::rmb}, b{"F", Order::wmb};
  CHECK(order_text({a, b}, true) == "rmb+wmb");
  CHECK(single_order({a, b}, true) == Order::mb);
  CHECK(single_order({{"R", Order::acquire}, {"R", Order::release}}, false) == Order::acq_rel);
  CHECK(order_text({}, true) == "none");
  CHECK(order_text({}, false) == "once");
  // With acquire and release on its other sites, either half of the fence does.
  Opened either = strongest(message_passing());
  for (const char* site : {"S1", "S2", "L1", "L2"}) {
    either.declared = with_order(either.lattice, either.declared, site, Order::once);
  }
  Opened broken = either;
  broken.declared = with_order(broken.lattice, broken.declared, "F1", Order::none);
  for (const SiteNeed& n : site_needs({{"q", broken}}, builtin_model("lkmm"))) {
    if (n.site == "F2") CHECK(n.reason == "a question is reachable with the declared orders");
  }
  for (const SiteNeed& n : site_needs({{"q", either}}, builtin_model("lkmm"))) {
    if (n.site == "F1") CHECK(needed(n) == std::vector<std::string>{"wmb"});
  }
}

TEST_CASE("opened: an order is written where it fits, and nowhere else") {
  Program p = with_barriers();
  fix_order(p, "F", Order::wmb);
  CHECK(decide(p, builtin_model("lkmm")).outcome == Outcome::reachable);
  CHECK_THROWS_AS(fix_order(p, "F", Order::acquire), InputError);
  CHECK_THROWS_AS(fix_order(p, "L1", Order::release), InputError);
  CHECK_THROWS_AS(fix_order(p, "L9", Order::once), InputError);
  Program sites = message_passing();
  fix_order(sites, "F1", Order::wmb);
  CHECK(sites.open.size() == 5);
  CHECK(texts(minimal_orders(sites, builtin_model("lkmm"))) ==
        std::vector<std::string>{"F2:rmb", "L1:acquire"});
}

TEST_CASE("needs: orders of C11 go down to the weakest that holds") {
  const auto test = litmus::read(R"(C sb
{}
P0(atomic_int *x, atomic_int *y) {
  atomic_store_explicit(x, 1, memory_order_seq_cst);
  int r0 = atomic_load_explicit(y, memory_order_seq_cst);
}
P1(atomic_int *x, atomic_int *y) {
  atomic_store_explicit(y, 1, memory_order_relaxed);
  atomic_thread_fence(memory_order_seq_cst);
  int r1 = atomic_load_explicit(x, memory_order_acquire);
}
exists (0:r0=0 /\ 1:r1=0)
)",
                                 "sb.litmus");
  const auto verdict = decide(test.program, builtin_model("rc11")).outcome;
  REQUIRE(verdict == Outcome::never);
  std::map<std::string, std::vector<std::string>> found;
  for (const SiteNeed& n : c11_needs(test.program, builtin_model("rc11"))) {
    found[n.site] = needed(n);
    for (const auto& way : n.weakest) {
      Program p = test.program;
      for (Event& e : p.events) {
        if (e.thread != initial_thread && e.site == n.site) e.order = single_order(way, n.fence);
      }
      CHECK(decide(p, builtin_model("rc11")).outcome == Outcome::never);
    }
  }
  using Ways = std::vector<std::string>;
  CHECK(found["L4"] == Ways{"full"});
  CHECK(found["L5"] == Ways{"full"});
  CHECK(found["L9"] == Ways{"full"});
  CHECK(found["L10"] == Ways{"once"});
}
