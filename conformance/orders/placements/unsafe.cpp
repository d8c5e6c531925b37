// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/unsafe.hpp"

#include <algorithm>

namespace lockstep::orders {

namespace {

/// Without an order, and without those that take it with them.
Placement without(const OrderLattice& lattice, Placement placement, int order) {
  for (std::size_t i = 0; i < placement.size(); ++i) {
    Placement alone = lattice.weakest();
    alone[i] = true;
    if (lattice.closed(std::move(alone))[static_cast<std::size_t>(order)]) placement[i] = false;
  }
  return placement;
}

}  // namespace

std::vector<Placement> maximal_unsafe(const OrderLattice& lattice,
                                      const std::vector<Placement>& minimal, const Placement& top) {
  // Of each minimal placement an order is missing.
  std::vector<Placement> found{top};
  for (const Placement& safe : minimal) {
    std::vector<Placement> next;
    for (const Placement& placement : found) {
      if (!within(safe, placement)) {
        next.push_back(placement);
        continue;
      }
      for (const int order : lattice.highest(safe)) {
        next.push_back(without(lattice, placement, order));
      }
    }
    found.clear();
    for (const Placement& placement : next) {
      if (std::ranges::any_of(found, [&](const auto& p) { return within(placement, p); })) continue;
      std::erase_if(found, [&](const auto& p) { return within(p, placement); });
      found.push_back(placement);
    }
  }
  return found;
}

}  // namespace lockstep::orders
