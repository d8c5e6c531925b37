// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "orders/placements/minimal.hpp"

namespace lockstep::orders {

/// A judge of placements that speaks of the orders of a lattice, and counts what it is asked. The
/// lattice may have more sites than the program.
class LatticeJudge {
 public:
  LatticeJudge(const Program& program, const MemoryModel& model, const OrderLattice& lattice,
               const MinimalOptions& options);

  PlacementAnswer operator()(const Placement& placement);
  std::string vacuous() { return judge_.vacuous(); }
  /// Of the last answer, where it was `reachable`.
  std::optional<Execution> witness() { return std::move(witness_); }
  std::size_t calls() const { return calls_; }

 private:
  PlacementJudge judge_;
  const OrderLattice& lattice_;
  const MinimalOptions& options_;
  std::vector<int> orders_;  ///< by atom of the judge
  std::optional<Execution> witness_;
  std::size_t calls_ = 0;
};

}  // namespace lockstep::orders
