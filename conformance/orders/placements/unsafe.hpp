// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "orders/placements/lattice.hpp"

namespace lockstep::orders {

/// Of the placements within `top` that are safe by none of `minimal`, which are all the minimal
/// ones: those with the most orders. Whatever is unsafe within `top` is within one of them. Empty
/// where `top` has nothing unsafe below it; just `top`, where nothing is safe.
std::vector<Placement> maximal_unsafe(const OrderLattice& lattice,
                                      const std::vector<Placement>& minimal, const Placement& top);

}  // namespace lockstep::orders
