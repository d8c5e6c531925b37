// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/placements/fixed.hpp"

namespace lockstep::orders {

namespace {

/// The placement in terms of the part of the lattice that one program has.
Placement part_of(const Placement& placement, const OrderLattice& whole, const OrderLattice& part) {
  Placement out = part.weakest();
  for (std::size_t i = 0; i < part.size(); ++i) out[i] = placement[whole.find(part[i])];
  return out;
}

}  // namespace

Recheck recheck(const MinimalOrders& found, const std::vector<Program>& programs,
                const MemoryModel& model, const Limits& limits) {
  Recheck out;
  const auto outcome = [&](const Placement& placement) {
    Outcome whole = Outcome::never;
    for (const Program& p : programs) {
      const OrderLattice lattice = lattice_of(p);
      const Program fixed = with_orders(p, lattice, part_of(placement, found.lattice, lattice));
      ++out.queries;
      const Outcome one = decide(fixed, model, limits).outcome;
      if (one == Outcome::reachable) return one;
      if (one == Outcome::unknown) whole = one;
    }
    return whole;
  };
  const auto expect = [&](const Placement& placement, Outcome expected) {
    const Outcome got = outcome(placement);
    if (got == expected) return;
    out.wrong.push_back(text(found.lattice.written(placement)) + " is " +
                        std::string{name_of(got)} + ", not " + std::string{name_of(expected)});
  };
  for (const Placement& placement : found.placements) {
    expect(placement, Outcome::never);
    for (const int order : found.lattice.highest(placement)) {
      Placement less = placement;
      less[order] = false;
      expect(less, Outcome::reachable);
    }
  }
  if (!found.mended) expect(found.lattice.strongest(), Outcome::reachable);
  return out;
}

}  // namespace lockstep::orders
