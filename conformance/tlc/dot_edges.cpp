// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/dot_edges.hpp"

#include <algorithm>
#include <tuple>

namespace lockstep::tlc {

void place_edges(std::vector<FileEdge> found, std::size_t nodes, LabelledGraph& graph) {
  graph.first_edge.assign(nodes + 1, 0);
  for (const FileEdge& edge : found) ++graph.first_edge[edge.source + 1];
  for (std::size_t i = 0; i < nodes; ++i) graph.first_edge[i + 1] += graph.first_edge[i];
  graph.edges.resize(found.size());
  std::vector<std::uint64_t> next(graph.first_edge.begin(), graph.first_edge.end() - 1);
  for (const FileEdge& edge : found) graph.edges[next[edge.source]++] = edge.edge;

  // Sort and compact node by node; `kept` never overtakes what is still to be read.
  std::uint64_t kept = 0;
  for (std::size_t node = 0; node < nodes; ++node) {
    const auto begin = graph.edges.begin() + static_cast<std::ptrdiff_t>(graph.first_edge[node]);
    const auto end = graph.edges.begin() + static_cast<std::ptrdiff_t>(next[node]);
    std::sort(begin, end, [](const auto& a, const auto& b) {
      return std::tie(a.label, a.target) < std::tie(b.label, b.target);
    });
    const auto last = std::unique(begin, end, [](const auto& a, const auto& b) {
      return a.label == b.label && a.target == b.target;
    });
    graph.first_edge[node] = kept;
    std::copy(begin, last, graph.edges.begin() + static_cast<std::ptrdiff_t>(kept));
    kept += static_cast<std::uint64_t>(last - begin);
  }
  graph.first_edge[nodes] = kept;
  graph.edges.resize(kept);
  graph.edges.shrink_to_fit();
}

}  // namespace lockstep::tlc
