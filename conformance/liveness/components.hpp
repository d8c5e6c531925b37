// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace lockstep::liveness {

/// Parts of a graph's nodes, by number; 0 is what belongs to none.
using Parts = std::vector<std::uint32_t>;

/// Strongly connected components, by Tarjan's algorithm, without recursion.
class Components {
 public:
  /// Is the edge one that may be taken?
  using Allowed = std::function<bool(std::uint64_t edge)>;

  Components(const std::vector<std::uint64_t>& first_edge, const std::vector<std::uint32_t>& target,
             Allowed allowed)
      : first_edge_(first_edge),
        target_(target),
        allowed_(std::move(allowed)),
        index_(first_edge.size() - 1),
        low_(first_edge.size() - 1) {}

  /// Calls found() with the nodes of each component of the subgraph that `part` of `parts` is.
  /// found() may change the part of these nodes.
  void each(const std::vector<std::uint32_t>& nodes, const Parts& parts, std::uint32_t part,
            const std::function<void(const std::vector<std::uint32_t>&)>& found);

 private:
  struct Visit {
    std::uint32_t node;
    std::uint64_t edge;  ///< the next one to look at
  };

  const std::vector<std::uint64_t>& first_edge_;
  const std::vector<std::uint32_t>& target_;
  Allowed allowed_;
  std::vector<std::uint32_t> index_, low_;  ///< index: 0 = not seen
};

}  // namespace lockstep::liveness
