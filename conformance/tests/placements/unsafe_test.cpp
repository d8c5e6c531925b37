// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/unsafe.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

// The placements that are not safe, by those that are: beside what all of them are, one by one.
namespace lockstep::orders {
namespace {

std::set<Placement> all_closed(const OrderLattice& lattice) {
  std::set<Placement> out;
  for (std::size_t bits = 0; bits < std::size_t{1} << lattice.size(); ++bits) {
    Placement placement = lattice.weakest();
    for (std::size_t i = 0; i < placement.size(); ++i) placement[i] = (bits >> i & 1) != 0;
    out.insert(lattice.closed(std::move(placement)));
  }
  return out;
}

}  // namespace

TEST_CASE("maximal unsafe placements are those, and all of those, that have no minimal one") {
  OrderLattice lattice;
  lattice.add("store", Kind::store);
  lattice.add("rmw", Kind::rmw);
  lattice.add("fence", Kind::fence);
  const std::set<Placement> all = all_closed(lattice);
  REQUIRE(all.size() == static_cast<std::size_t>(lattice.combinations()));
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<Placement> minimal;
    for (std::size_t i = 0; i < random() % 4; ++i) {
      minimal.push_back(*std::next(all.begin(), static_cast<long>(random() % all.size())));
    }
    const Placement top = *std::next(all.begin(), static_cast<long>(random() % all.size()));
    const auto unsafe = [&](const Placement& p) {
      return std::ranges::none_of(minimal, [&](const auto& safe) { return within(safe, p); });
    };
    std::set<Placement> wanted;
    for (const Placement& p : all) {
      if (!within(p, top) || !unsafe(p)) continue;
      const bool largest = std::ranges::none_of(all, [&](const Placement& q) {
        return q != p && within(p, q) && within(q, top) && unsafe(q);
      });
      if (largest) wanted.insert(p);
    }
    const std::vector<Placement> found = maximal_unsafe(lattice, minimal, top);
    CHECK(std::set<Placement>(found.begin(), found.end()) == wanted);
    CHECK(found.size() == wanted.size());
  }
}

}  // namespace lockstep::orders
