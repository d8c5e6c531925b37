// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "orders/placements/minimal.hpp"

namespace lockstep::orders {

/// The program with the orders of a placement written into it, and no open site: what one would
/// have asked without placements. A fence with rmb and wmb becomes two fences.
Program with_orders(const Program& program, const OrderLattice& lattice,
                    const Placement& placement);

/// Each placement is Never and each single step down from it is not, by a fresh encoding each.
struct Recheck {
  std::size_t queries = 0;
  std::vector<std::string> wrong;  ///< what is not as it should be, or was not decided
};
Recheck recheck(const MinimalOrders& found, const std::vector<Program>& programs,
                const MemoryModel& model, const Limits& limits = {});

}  // namespace lockstep::orders
