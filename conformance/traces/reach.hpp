// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "model/graph.hpp"

namespace lockstep {

/// The breadth-first tree of a graph: a shortest path from an initial node to each node.
class Reach {
 public:
  static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();

  explicit Reach(const LabelledGraph& graph)
      : parent_(graph.nodes(), 0), edge_(graph.nodes(), none), reached_(graph.nodes(), false) {
    for (const std::uint32_t node : graph.initial) {
      if (!reached_[node]) order_.push_back(node);
      reached_[node] = true;
    }
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const std::uint32_t node = order_[i];
      for (std::uint64_t edge = graph.first_edge[node]; edge < graph.first_edge[node + 1]; ++edge) {
        const std::uint32_t target = graph.edges[edge].target;
        if (reached_[target]) continue;
        reached_[target] = true;
        parent_[target] = node;
        edge_[target] = edge;
        order_.push_back(target);
      }
    }
  }

  /// The nodes that can be reached, nearest first.
  const std::vector<std::uint32_t>& order() const { return order_; }

  /// The edges from an initial node, which is put into `start`, to `node`.
  std::vector<std::uint64_t> path(std::uint32_t node, std::uint32_t& start) const {
    std::vector<std::uint64_t> edges;
    for (; edge_[node] != none; node = parent_[node]) edges.push_back(edge_[node]);
    start = node;
    std::reverse(edges.begin(), edges.end());
    return edges;
  }

 private:
  std::vector<std::uint32_t> parent_;
  std::vector<std::uint64_t> edge_;  ///< the edge from the parent; none for an initial node
  std::vector<bool> reached_;
  std::vector<std::uint32_t> order_;
};

}  // namespace lockstep
