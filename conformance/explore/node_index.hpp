// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "explore/search.hpp"
#include "model/graph.hpp"

namespace lockstep {

/// The nodes of a graph by the identity of their states.
class NodeIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;

  NodeIndex(const LabelledGraph& graph, const Layout& layout);
  std::uint32_t find(StateKey key) const;

 private:
  std::vector<StateKey> keys_;
  std::vector<std::uint32_t> nodes_;
};

}  // namespace lockstep
