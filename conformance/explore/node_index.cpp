// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/node_index.hpp"

namespace lockstep {

NodeIndex::NodeIndex(const LabelledGraph& graph, const Layout& layout)
    : keys_(graph.nodes() * 2 + 1), nodes_(keys_.size(), none) {
  StateIdentity identity(layout);
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
    const StateKey key = identity(graph.state(node));
    std::size_t at = place_of(key, keys_.size());
    while (nodes_[at] != none) at = at + 1 == keys_.size() ? 0 : at + 1;
    keys_[at] = key;
    nodes_[at] = node;
  }
}

std::uint32_t NodeIndex::find(StateKey key) const {
  for (std::size_t at = place_of(key, keys_.size()); nodes_[at] != none;
       at = at + 1 == keys_.size() ? 0 : at + 1) {
    if (keys_[at] == key) return nodes_[at];
  }
  return none;
}

}  // namespace lockstep
