// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "orders/placements/lattice.hpp"
#include "orders/placements/marco.hpp"
#include "orders/placements/placement.hpp"

namespace lockstep::orders {

/// All minimal placements of a program's open sites under one model, or of several programs'.
struct MinimalOrders {
  std::string model;
  OrderLattice lattice;
  std::vector<Placement> placements;  ///< sorted by their text
  /// Decided, and all of them? Else `reason`; then there are at least these.
  bool complete = false;
  std::string reason;
  /// False: the forbidden end is reachable with the strongest orders too; no placement is safe.
  bool mended = true;
  std::optional<Execution> witness;  ///< of not mended
  std::size_t calls = 0;             ///< of the solver
  double cpu_seconds = 0;

  std::vector<std::vector<SiteOrder>> written() const;
};

struct MinimalOptions {
  Limits limits;
  std::function<void(std::size_t calls)> on_call;  ///< may throw to stop
  MarcoParts parts;
};

/// The orders that the open sites of a program may have. A store with an open fence of the same
/// name behind it is one site: its orders are release and, apart from it, `full` (smp_store_mb).
OrderLattice lattice_of(const Program& program);

MinimalOrders minimal_orders(const Program& program, const MemoryModel& model,
                             const MinimalOptions& options = {});

/// Of several questions about the same sites: safe is what is safe for each. Minimal placements of
/// the whole are joins of minimal placements of the parts, so the solver is not asked again.
MinimalOrders joined(const std::vector<MinimalOrders>& parts);

}  // namespace lockstep::orders
