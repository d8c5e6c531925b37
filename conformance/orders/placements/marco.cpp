// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/marco.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "orders/placements/unexplored.hpp"

namespace lockstep::orders {

namespace {

/// Thrown where a placement is not decided: all the rest would be built on it.
struct Open {
  std::string reason;
};

class Enumeration {
 public:
  Enumeration(const OrderLattice& lattice, const AskPlacement& ask, const MarcoParts& parts)
      : lattice_{lattice}, ask_{ask}, parts_{parts}, unexplored_{lattice, parts.close} {}

  Marco run() {
    try {
      while (const std::optional<Placement> seed = unexplored_.seed()) {
        Placement core;
        if (!safe(*seed, core)) continue;
        const Placement found = parts_.shrink ? shrunk(core) : core;
        if (std::ranges::find(out_.minimal, found) != out_.minimal.end()) {
          throw std::logic_error{"a minimal placement was found twice"};
        }
        out_.minimal.push_back(found);
        if (parts_.block) unexplored_.block_above(found);
      }
      out_.complete = true;
    } catch (const Open& open) {
      out_.reason = open.reason;
    }
    return std::move(out_);
  }

 private:
  /// Asks, and notes an unsafe placement; of a safe one, `core` is a safe part of it.
  bool safe(const Placement& placement, Placement& core) {
    ++out_.calls;
    PlacementAnswer answer = ask_(placement);
    switch (answer.outcome) {
      case Outcome::unknown: throw Open{std::move(answer.reason)};
      case Outcome::reachable: unexplored_.block_below(placement); return false;
      case Outcome::never: core = parts_.close ? lattice_.closed(answer.core) : answer.core;
    }
    return true;
  }

  /// Takes away one highest order after the other, as long as the rest is safe. An order without
  /// which it is not stays for ever: weaker placements are unsafe too.
  Placement shrunk(Placement placement) {
    std::vector<bool> kept(lattice_.size(), false);
    for (;;) {
      const std::vector<int> highest = lattice_.highest(placement);
      const auto next = std::ranges::find_if(highest, [&](int i) { return !kept[i]; });
      if (next == highest.end()) return placement;
      Placement less = placement, core;
      less[*next] = false;
      if (!unexplored_.below(less) && safe(less, core))
        placement = core;
      else
        kept[*next] = true;
    }
  }

  const OrderLattice& lattice_;
  const AskPlacement& ask_;
  MarcoParts parts_;
  Unexplored unexplored_;
  Marco out_;
};

}  // namespace

Marco marco(const OrderLattice& lattice, const AskPlacement& ask, const MarcoParts& parts) {
  return Enumeration{lattice, ask, parts}.run();
}

}  // namespace lockstep::orders
