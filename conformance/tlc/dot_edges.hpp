// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "model/graph.hpp"

namespace lockstep::tlc {

/// An edge as the file has it: in the order of exploration, maybe twice.
struct FileEdge {
  std::uint32_t source;
  LabelledGraph::Edge edge;
};

/// Sorts the edges by source, label and target into the graph, each once.
void place_edges(std::vector<FileEdge> found, std::size_t nodes, LabelledGraph& graph);

}  // namespace lockstep::tlc
