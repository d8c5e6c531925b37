// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/marco.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

using namespace lockstep;
using namespace lockstep::orders;

namespace {

/// A random question: safe is what contains one of some closed sets of orders. A placement that is
/// not closed is worth as much as its closure, as an mb is without an rmb beside it.
struct RandomQuestion {
  OrderLattice lattice;
  std::vector<Placement> enough;

  explicit RandomQuestion(unsigned seed) {
    std::mt19937 random{seed};
    const Kind kinds[] = {Kind::load, Kind::store, Kind::fence, Kind::rmw};
    for (int site = 0; site < 4; ++site) {
      const std::string name(1, static_cast<char>('A' + site));
      lattice.add(name, kinds[random() % 4]);
    }
    for (auto i = random() % 5; i > 0; --i) {
      Placement p = lattice.weakest();
      for (std::size_t o = 0; o < lattice.size(); ++o) p[o] = random() % 3 == 0;
      enough.push_back(lattice.closed(p));
    }
  }

  bool safe(const Placement& p) const {
    const Placement all = lattice.closed(p);
    return std::ranges::any_of(enough, [&](const Placement& e) { return within(e, all); });
  }
  /// Cores are as large as they may be, or only what has to be written down.
  PlacementAnswer ask(const Placement& p, bool large_cores) const {
    if (!safe(p)) return {Outcome::reachable, {}, {}};
    Placement core = lattice.weakest();
    for (const int o : lattice.highest(p)) core[o] = true;
    return {Outcome::never, large_cores ? p : core, {}};
  }

  std::set<std::string> by_brute_force() const {
    std::set<std::string> out;
    for (std::size_t set = 0; set < (std::size_t{1} << lattice.size()); ++set) {
      Placement p = lattice.weakest();
      for (std::size_t i = 0; i < lattice.size(); ++i) p[i] = (set >> i & 1U) != 0;
      if (lattice.closed(p) != p || !safe(p)) continue;
      const std::vector<int> steps = lattice.highest(p);
      const bool least = std::ranges::none_of(steps, [&](int o) {
        Placement less = p;
        less[o] = false;
        return safe(less);
      });
      if (least) out.insert(text(lattice.written(p)));
    }
    return out;
  }

  /// What MARCO says with these parts; an error that it notices itself is an answer too.
  std::set<std::string> by_marco(bool large_cores, const MarcoParts& parts = {}) const {
    try {
      const auto ask_it = [&](const Placement& p) { return ask(p, large_cores); };
      const Marco found = marco(lattice, ask_it, parts);
      std::set<std::string> out;
      for (const Placement& p : found.minimal) out.insert(text(lattice.written(p)));
      if (!found.complete || out.size() != found.minimal.size()) out.insert("not complete");
      return out;
    } catch (const std::logic_error& e) {
      return {e.what()};
    }
  }
};

constexpr unsigned questions = 300;

int noticed(const MarcoParts& parts) {
  int out = 0;
  for (unsigned seed = 0; seed < questions; ++seed) {
    const RandomQuestion q{seed};
    if (q.by_marco(true, parts) != q.by_brute_force()) ++out;
  }
  return out;
}

}  // namespace

TEST_CASE("marco: the minimal placements of random questions are those of brute force") {
  std::size_t most = 0;
  for (unsigned seed = 0; seed < questions; ++seed) {
    const RandomQuestion q{seed};
    INFO("seed " << seed);
    const std::set<std::string> expected = q.by_brute_force();
    CHECK(q.by_marco(true) == expected);
    CHECK(q.by_marco(false) == expected);
    most = std::max(most, expected.size());
  }
  CHECK(most >= 3);
}

TEST_CASE("marco: each part of it is missed where it is left out") {
  CHECK(noticed({}) == 0);
  CHECK(noticed({.close = false}) > 0);
  CHECK(noticed({.block = false}) > 0);
  CHECK(noticed({.shrink = false}) > 0);
}

TEST_CASE("marco: what is not decided ends it, and the list is not called complete") {
  const RandomQuestion q{[] {
    unsigned seed = 0;
    while (RandomQuestion{seed}.by_brute_force().size() < 3) ++seed;
    return seed;
  }()};
  const std::set<std::string> all = q.by_brute_force();
  std::size_t calls = 0;
  for (std::size_t limit = 0;; ++limit) {
    calls = 0;
    const Marco found = marco(q.lattice, [&](const Placement& p) {
      if (calls++ == limit) return PlacementAnswer{Outcome::unknown, {}, "out of time"};
      return q.ask(p, true);
    });
    for (const Placement& p : found.minimal) CHECK(all.contains(text(q.lattice.written(p))));
    if (found.complete) {
      CHECK(found.minimal.size() == all.size());
      CHECK(limit > 3);
      break;
    }
    CHECK(found.reason == "out of time");
  }
}
