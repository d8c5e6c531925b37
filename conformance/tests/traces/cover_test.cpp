// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/cover.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

using namespace lockstep;

namespace {

/// A graph whose node i is the state {i}.
LabelledGraph graph_of(std::uint32_t nodes, const std::vector<std::vector<std::uint32_t>>& out,
                       std::uint32_t labels) {
  LabelledGraph graph;
  graph.width = 1;
  graph.initial = {0};
  for (std::uint32_t i = 0; i < labels; ++i) {
    graph.labels.push_back(
        {static_cast<Atom>(first_symbol + 1 + static_cast<Atom>(i)), null_atom, 0, {}});
  }
  graph.first_edge.push_back(0);
  for (std::uint32_t node = 0; node < nodes; ++node) {
    graph.states.push_back(static_cast<Atom>(node));
    for (const std::uint32_t target : out[node]) {
      graph.edges.push_back({(node + target) % labels, target});
    }
    graph.first_edge.push_back(graph.edges.size());
  }
  return graph;
}

/// A number less than `bound`.
std::uint32_t below(std::mt19937& random, std::uint32_t bound) {
  return static_cast<std::uint32_t>(random() % bound);
}

LabelledGraph random_graph(std::mt19937& random) {
  const std::uint32_t nodes = 1 + below(random, 60);
  std::vector<std::vector<std::uint32_t>> out(nodes);
  for (auto& targets : out) {
    targets.resize(below(random, 4));
    for (std::uint32_t& target : targets) target = below(random, nodes);
  }
  return graph_of(nodes, out, 7);
}

/// Checks that a walk is a path from an initial node and returns its nodes.
std::vector<std::uint32_t> nodes_of(const LabelledGraph& graph, const Walk& walk) {
  REQUIRE(std::ranges::count(graph.initial, walk.start) == 1);
  std::vector<std::uint32_t> nodes{walk.start};
  for (const std::uint64_t edge : walk.edges) {
    REQUIRE(edge >= graph.first_edge[nodes.back()]);
    REQUIRE(edge < graph.first_edge[nodes.back() + 1]);
    nodes.push_back(graph.edges[edge].target);
  }
  return nodes;
}

std::set<std::uint64_t> reachable_edges(const LabelledGraph& graph) {
  std::set<std::uint64_t> edges;
  std::vector<std::uint32_t> todo = graph.initial;
  std::set<std::uint32_t> seen(todo.begin(), todo.end());
  while (!todo.empty()) {
    const std::uint32_t node = todo.back();
    todo.pop_back();
    for (auto edge = graph.first_edge[node]; edge < graph.first_edge[node + 1]; ++edge) {
      edges.insert(edge);
      if (seen.insert(graph.edges[edge].target).second) todo.push_back(graph.edges[edge].target);
    }
  }
  return edges;
}

}  // namespace

TEST_CASE("walks that cover edges take every edge that can be reached") {
  std::mt19937 random{1};
  for (int i = 0; i < 200; ++i) {
    const LabelledGraph graph = random_graph(random);
    const CoverLimits limits{1 + random() % 50, 1 + random() % 50};
    std::set<std::uint64_t> taken;
    for (const Walk& walk : cover_edges(graph, limits)) {
      nodes_of(graph, walk);
      taken.insert(walk.edges.begin(), walk.edges.end());
    }
    REQUIRE(taken == reachable_edges(graph));
  }
}

TEST_CASE("walks that cover classes take an edge of each, shortest first") {
  std::mt19937 random{2};
  for (int i = 0; i < 200; ++i) {
    const LabelledGraph graph = random_graph(random);
    const auto class_of = [&graph](std::uint32_t, std::uint64_t edge) {
      const std::uint32_t label = graph.edges[edge].label;
      return label == 3 ? no_class : label;
    };
    const auto walks = cover_classes(graph, 7, class_of);
    std::set<std::uint32_t> taken, wanted;
    for (const Walk& walk : walks) {
      nodes_of(graph, walk);
      for (const std::uint64_t edge : walk.edges) taken.insert(graph.edges[edge].label);
    }
    for (const std::uint64_t edge : reachable_edges(graph)) wanted.insert(graph.edges[edge].label);
    taken.erase(3);
    wanted.erase(3);
    REQUIRE(taken == wanted);
    REQUIRE(std::ranges::is_sorted(walks, {}, [](const Walk& walk) { return walk.edges.size(); }));
  }
}

TEST_CASE("the shortest way to a state, if there is one") {
  const LabelledGraph graph = graph_of(5, {{1, 2}, {3}, {3}, {0}, {0}}, 2);
  const auto walk = shortest_walk(graph, [](std::uint32_t node) { return node == 3; });
  REQUIRE(walk);
  CHECK(nodes_of(graph, *walk) == std::vector<std::uint32_t>{0, 1, 3});
  CHECK(shortest_walk(graph, [](std::uint32_t node) { return node == 0; })->edges.empty());
  CHECK_FALSE(shortest_walk(graph, [](std::uint32_t node) { return node == 4; }));
}

TEST_CASE("a walk becomes a trace with the graph's states and steps") {
  const LabelledGraph graph = graph_of(3, {{1}, {2}, {}}, 2);
  const auto walk = shortest_walk(graph, [](std::uint32_t node) { return node == 2; });
  const Trace trace = trace_of(graph, *walk, {"p", "holds", "1"});
  CHECK(trace.states == std::vector<State>{{0}, {1}, {2}});
  REQUIRE(trace.steps.size() == 2);
  CHECK(trace.steps[0] == graph.labels[1]);
}

TEST_CASE("a graph without edges needs no walk") {
  CHECK(cover_edges(graph_of(1, {{}}, 1)).empty());
  CHECK(cover_edges(LabelledGraph{}).empty());
}
