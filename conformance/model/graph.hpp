// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/layout.hpp"
#include "model/step.hpp"

namespace lockstep {

/// A finite labelled graph of states: node i is the state at `states[i * layout.size()]`, as TLC
/// or a machine printed it (before the VIEW). Edges lie together by source.
struct LabelledGraph {
  struct Edge {
    std::uint32_t label;  ///< index into `labels`
    std::uint32_t target;
  };
  std::size_t width = 0;     ///< atoms a state
  std::vector<Atom> states;  ///< width * nodes
  std::vector<std::uint32_t> initial;
  std::vector<Step> labels;               ///< each distinct step once
  std::vector<std::uint64_t> first_edge;  ///< nodes + 1 offsets into `edges`
  std::vector<Edge> edges;

  std::size_t nodes() const { return width == 0 ? 0 : states.size() / width; }
  StateView state(std::size_t node) const { return {states.data() + node * width, width}; }
  std::span<const Edge> out(std::size_t node) const {
    return {edges.data() + first_edge[node],
            static_cast<std::size_t>(first_edge[node + 1] - first_edge[node])};
  }
};

}  // namespace lockstep
