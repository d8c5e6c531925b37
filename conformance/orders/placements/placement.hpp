// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "orders/encode/encode.hpp"

namespace lockstep::orders {

/// One order that an open site of a program may have above its weakest: index into Program::open.
struct OrderAtom {
  int open = 0;
  Order order = Order::none;
};

/// Decides a program with open sites under many placements of its orders, with one encoding.
class PlacementJudge {
 public:
  PlacementJudge(const Program& program, const MemoryModel& model, const Limits& limits = quick());
  ~PlacementJudge();

  const std::vector<OrderAtom>& atoms() const { return atoms_; }

  struct Answer {
    Outcome outcome = Outcome::unknown;
    std::vector<bool> core;            ///< of `never`: atoms of the placement that suffice
    std::optional<Execution> witness;  ///< of `reachable`
    std::string reason;                ///< of `unknown`
  };
  /// Is the forbidden end reachable with just these atoms? `placement` is by atom.
  Answer ask(const std::vector<bool>& placement);

  /// Why `never` would say nothing of some placement, or "": reads of what nobody has written are
  /// looked for with the weakest orders, executions that end at all with the strongest.
  std::string vacuous();

 private:
  struct State;
  std::vector<OrderAtom> atoms_;
  std::unique_ptr<State> state_;
};

}  // namespace lockstep::orders
