// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "orders/placements/fixed.hpp"
#include "tests/placements/sites.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

std::vector<std::string> lkmm(const Program& p) {
  return texts(minimal_orders(p, builtin_model("lkmm")));
}

const std::vector<Program>& shapes() {
  static const std::vector<Program> all{message_passing(), store_buffering(), exchange_passing(),
                                        small_seqlock()};
  return all;
}

}  // namespace

TEST_CASE("minimal: MARCO finds what brute force with fixed orders finds, under each model") {
  for (const std::string& name : builtin_model_names()) {
    const MemoryModel model = builtin_model(name);
    for (const Program& p : shapes()) {
      INFO(p.name << " under " << name);
      const MinimalOrders found = minimal_orders(p, model);
      CHECK(found.complete);
      CHECK(texts(found) == by_brute_force(p, model));
    }
  }
}

TEST_CASE("minimal: the placements of the kernel's model") {
  using Texts = std::vector<std::string>;
  CHECK(lkmm(message_passing()) ==
        Texts{"F1:wmb F2:rmb", "F1:wmb L1:acquire", "F2:rmb S2:release", "L1:acquire S2:release"});
  CHECK(lkmm(store_buffering()) == Texts{"F1:mb F2:mb"});
  CHECK(texts(minimal_orders(store_buffering(), builtin_model("sc"))) == Texts{"nothing"});
}

TEST_CASE("minimal: sites, combinations, calls and time are told") {
  const MinimalOrders found = minimal_orders(message_passing(), builtin_model("lkmm"));
  CHECK(found.lattice.sites() == 6);
  CHECK(found.lattice.combinations() == 400);
  CHECK(found.calls >= 8);
  CHECK(found.calls <= 32);
  CHECK(found.cpu_seconds > 0);
}

TEST_CASE("minimal: what the strongest orders reach no placement mends") {
  const MinimalOrders found = minimal_orders(interleaving(), builtin_model("lkmm"));
  CHECK_FALSE(found.mended);
  CHECK(found.placements.empty());
  CHECK(found.witness);
}

TEST_CASE("minimal: nothing is said of a program that cannot run, or reads what nobody wrote") {
  Program stuck = message_passing();
  stuck.assumptions.push_back(term::constant(0));
  const MinimalOrders none = minimal_orders(stuck, builtin_model("lkmm"));
  CHECK_FALSE(none.complete);
  CHECK(none.placements.empty());
  CHECK(none.reason == "no execution at all ends within the bounds");

  Program stray = message_passing();
  SiteThread t{stray, "stray"};
  t.load("L9", "nowhere");
  const MinimalOrders unread = minimal_orders(stray, builtin_model("lkmm"));
  CHECK_FALSE(unread.complete);
  CHECK(unread.placements.empty());
  CHECK_THAT(unread.reason, Catch::Contains("nowhere"));
}

TEST_CASE("minimal: a solver that gives up makes no list complete") {
  MinimalOptions hasty;
  hasty.limits.milliseconds = 1;
  std::size_t calls = 0;
  hasty.on_call = [&](std::size_t n) { calls = n; };
  const MinimalOrders found = minimal_orders(small_seqlock(), builtin_model("lkmm"), hasty);
  CHECK(found.calls == calls);
  CHECK(found.complete == found.reason.empty());
}

TEST_CASE("minimal: each placement and each step down agree with fresh encodings") {
  const MemoryModel model = builtin_model("lkmm");
  for (const Program& p : shapes()) {
    INFO(p.name);
    MinimalOrders found = minimal_orders(p, model);
    const Recheck good = recheck(found, {p}, model);
    CHECK(good.wrong.empty());
    CHECK(good.queries > found.placements.size());
    // A stronger placement has a step down that is safe, a weaker one is not safe.
    found.placements = {found.lattice.strongest()};
    CHECK_FALSE(recheck(found, {p}, model).wrong.empty());
    found.placements = {found.lattice.weakest()};
    CHECK_FALSE(recheck(found, {p}, model).wrong.empty());
  }
}

TEST_CASE("minimal: several questions about the same sites") {
  // The same sites asked for the other direction: the writer sees both of the reader's stores.
  Program back = sites_program("load buffering", {"data", "flag"});
  SiteThread w{back, "writer"};
  const Term x = w.load("L1", "data");
  w.store("S2", "flag", 1);
  SiteThread r{back, "reader"};
  const Term y = r.load("L2", "flag");
  r.store("S1", "data", 1);
  back.forbidden = term::both(x, y);
  const MemoryModel model = builtin_model("lkmm");
  const std::vector<Program> programs{message_passing(), back};
  std::vector<MinimalOrders> parts;
  for (const Program& p : programs) parts.push_back(minimal_orders(p, model));
  const MinimalOrders whole = joined(parts);
  CHECK(whole.complete);
  CHECK(whole.calls == parts[0].calls + parts[1].calls);
  CHECK(recheck(whole, programs, model).wrong.empty());
  // Brute force over both.
  std::vector<std::string> expected;
  for (std::size_t set = 0; set < (std::size_t{1} << whole.lattice.size()); ++set) {
    Placement p = whole.lattice.weakest();
    for (std::size_t i = 0; i < p.size(); ++i) p[i] = (set >> i & 1U) != 0;
    if (whole.lattice.closed(p) != p) continue;
    MinimalOrders one = whole;
    one.placements = {p};
    const auto safe = [&](const MinimalOrders& part) {
      return std::ranges::any_of(part.placements, [&](const Placement& m) {
        return std::ranges::all_of(part.lattice.written(m),
                                   [&](const SiteOrder& o) { return p[whole.lattice.find(o)]; });
      });
    };
    const auto safe_all = [&] { return safe(parts[0]) && safe(parts[1]); };
    if (!safe_all()) continue;
    bool least = true;
    for (const int o : whole.lattice.highest(p)) {
      p[o] = false;
      least = least && !safe_all();
      p[o] = true;
    }
    if (least) expected.push_back(text(whole.lattice.written(p)));
  }
  std::ranges::sort(expected);
  CHECK(texts(whole) == expected);
  CHECK(expected.size() > 1);

  parts.push_back(parts[0]);
  parts.back().complete = false;
  parts.back().reason = "out of time";
  CHECK_FALSE(joined(parts).complete);
  CHECK(joined(parts).placements.empty());
  CHECK(joined(parts).reason == "out of time");
}
