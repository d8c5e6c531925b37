// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "model/graph.hpp"
#include "traces/trace.hpp"

namespace lockstep {

/// A path through a graph from an initial node: indices into `graph.edges`.
struct Walk {
  std::uint32_t start = 0;
  std::vector<std::uint64_t> edges;
};

struct CoverLimits {
  std::size_t steps = 200;         ///< a walk ends when it is so long and covers nothing at hand
  std::size_t search_nodes = 300;  ///< nodes looked at for the next edge that is not yet covered
};

/// Walks that together take every edge of the graph that can be reached.
std::vector<Walk> cover_edges(const LabelledGraph& graph, const CoverLimits& limits = {});

/// What an edge stands for: its class, less than `classes`, or `no_class`.
using EdgeClass = std::function<std::uint32_t(std::uint32_t source, std::uint64_t edge)>;
inline constexpr std::uint32_t no_class = 0xffffffffu;

/// Walks that together take an edge of every class that can be reached, shortest first.
std::vector<Walk> cover_classes(const LabelledGraph& graph, std::uint32_t classes,
                                const EdgeClass& class_of, const CoverLimits& limits = {});

/// A shortest path from an initial node to one that is wanted.
std::optional<Walk> shortest_walk(const LabelledGraph& graph,
                                  const std::function<bool(std::uint32_t node)>& wanted);

/// The states and steps of a walk. The states are those that the graph holds: where it was made
/// under a VIEW they follow each other only up to that VIEW.
Trace trace_of(const LabelledGraph& graph, const Walk& walk, TraceSubject subject);

}  // namespace lockstep
