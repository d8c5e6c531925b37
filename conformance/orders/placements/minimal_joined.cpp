// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include "orders/placements/minimal.hpp"

namespace lockstep::orders {

namespace {

/// The same placement in a lattice that has all its sites.
Placement moved(const Placement& placement, const OrderLattice& from, const OrderLattice& to) {
  Placement out = to.weakest();
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (placement[i]) out[to.find(from[i])] = true;
  }
  return out;
}

std::vector<Placement> minimal_of(std::vector<Placement> all) {
  const auto weight = [](const Placement& p) { return std::ranges::count(p, true); };
  std::ranges::sort(all, {}, weight);
  std::vector<Placement> out;
  for (const Placement& p : all) {
    if (std::ranges::none_of(out, [&](const Placement& q) { return within(q, p); }))
      out.push_back(p);
  }
  return out;
}

constexpr std::size_t most_joins = 200'000;

}  // namespace

MinimalOrders joined(const std::vector<MinimalOrders>& parts) {
  MinimalOrders out;
  out.complete = true;
  for (const MinimalOrders& part : parts) {
    out.model = part.model;
    out.lattice.add(part.lattice);
    out.calls += part.calls;
    out.cpu_seconds += part.cpu_seconds;
    if (!part.mended) out.mended = false;
    if (!part.complete) out.complete = false, out.reason = part.reason;
  }
  // A join with an unfinished part may stand above a placement that was not found.
  if (!out.complete || !out.mended) return out;
  out.placements = {out.lattice.weakest()};
  for (const MinimalOrders& part : parts) {
    if (out.placements.size() * part.placements.size() > most_joins) {
      out.complete = false;
      out.reason = "too many placements to join";
      out.placements.clear();
      return out;
    }
    std::vector<Placement> joins;
    for (const Placement& p : part.placements) {
      const Placement more = moved(p, part.lattice, out.lattice);
      for (Placement both : out.placements) {
        for (std::size_t i = 0; i < more.size(); ++i) both[i] = both[i] || more[i];
        joins.push_back(std::move(both));
      }
    }
    out.placements = minimal_of(std::move(joins));
  }
  std::ranges::sort(out.placements, {},
                    [&](const Placement& p) { return text(out.lattice.written(p)); });
  return out;
}

}  // namespace lockstep::orders
