// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <z3++.h>

#include <optional>
#include <vector>

#include "orders/placements/lattice.hpp"

namespace lockstep::orders {

/// The placements of which it is not known yet whether they are safe.
class Unexplored {
 public:
  /// Only closed placements, unless told otherwise.
  Unexplored(const OrderLattice& lattice, bool closed);

  /// One of them such that no stronger one is unexplored: if it is unsafe, it is as strong as an
  /// unsafe placement can be.
  std::optional<Placement> seed();
  void block_above(const Placement& safe);
  void block_below(const Placement& unsafe);
  /// Is it known to be unsafe?
  bool below(const Placement& placement) const;

 private:
  const OrderLattice& lattice_;
  bool closed_;
  z3::context context_;
  z3::solver solver_;
  std::vector<z3::expr> has_;
  std::vector<Placement> safe_, unsafe_;
};

}  // namespace lockstep::orders
