// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "liveness/components.hpp"

#include <algorithm>

namespace lockstep::liveness {

void Components::each(const std::vector<std::uint32_t>& nodes, const Parts& parts,
                      std::uint32_t part,
                      const std::function<void(const std::vector<std::uint32_t>&)>& found) {
  // As an index: its component is known. It lowers nothing.
  constexpr std::uint32_t done = 0xffffffff;
  for (const std::uint32_t node : nodes) index_[node] = 0;
  std::vector<Visit> visits;
  std::vector<std::uint32_t> open, component;
  std::uint32_t next = 0;
  const auto enter = [&](std::uint32_t node) {
    index_[node] = low_[node] = ++next;
    open.push_back(node);
    visits.push_back({node, first_edge_[node]});
  };
  for (const std::uint32_t root : nodes) {
    if (index_[root] != 0 || parts[root] != part) continue;
    enter(root);
    while (!visits.empty()) {
      Visit& visit = visits.back();
      const std::uint32_t node = visit.node;
      if (visit.edge < first_edge_[node + 1]) {
        const std::uint64_t edge = visit.edge++;
        const std::uint32_t to = target_[edge];
        if (parts[to] != part || !allowed_(edge)) continue;
        if (index_[to] == 0) {
          enter(to);
        } else {
          low_[node] = std::min(low_[node], index_[to]);
        }
        continue;
      }
      visits.pop_back();
      if (!visits.empty()) {
        const std::uint32_t before = visits.back().node;
        low_[before] = std::min(low_[before], low_[node]);
      }
      if (low_[node] != index_[node]) continue;
      component.clear();
      std::uint32_t member = 0;
      do {
        member = open.back();
        open.pop_back();
        index_[member] = done;
        component.push_back(member);
      } while (member != node);
      found(component);
    }
  }
}

}  // namespace lockstep::liveness
