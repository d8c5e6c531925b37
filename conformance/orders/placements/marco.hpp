// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "orders/encode/encode.hpp"
#include "orders/placements/lattice.hpp"

namespace lockstep::orders {

/// What is said of one placement.
struct PlacementAnswer {
  Outcome outcome = Outcome::unknown;  ///< `never`: it is safe
  Placement core;                      ///< of `never`: orders of it that suffice
  std::string reason;                  ///< of `unknown`
};
/// More orders never reach more: what is safe stays safe with a stronger order.
using AskPlacement = std::function<PlacementAnswer(const Placement&)>;

/// Parts of the enumeration. Tests leave each out in turn, to see that they would notice.
struct MarcoParts {
  bool close = true;   ///< seeds are closed placements
  bool block = true;   ///< what lies above a safe placement is explored
  bool shrink = true;  ///< a safe placement is made minimal
};

struct Marco {
  std::vector<Placement> minimal;  ///< each is safe, and each single step down from it is not
  /// All of them? Else `reason` says why not, and there are at least these.
  bool complete = false;
  std::string reason;
  std::size_t calls = 0;
};

/// All minimal safe placements (MARCO: a solver of its own keeps the part of the lattice that is
/// not explored; what it proposes is shrunk to a minimal safe placement, or is unsafe). None where
/// the strongest placement is unsafe; the weakest alone where that one is safe.
Marco marco(const OrderLattice& lattice, const AskPlacement& ask, const MarcoParts& parts = {});

}  // namespace lockstep::orders
