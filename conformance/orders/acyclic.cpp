// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <deque>
#include <functional>
#include <set>

#include "orders/relation.hpp"

namespace lockstep::orders {

namespace {

using Graph = std::map<int, std::map<int, Lit>>;

/// The number of each event's strongly connected component (Tarjan).
std::map<int, int> components(const Graph& graph) {
  std::map<int, int> index, low, component;
  std::vector<int> stack;
  int numbered = 0, made = 0;
  const std::function<void(int)> visit = [&](int v) {
    index[v] = low[v] = ++numbered;
    stack.push_back(v);
    if (const auto found = graph.find(v); found != graph.end()) {
      for (const auto& [w, lit] : found->second) {
        if (!index.contains(w)) {
          visit(w);
          low[v] = std::min(low[v], low[w]);
        } else if (!component.contains(w)) {
          low[v] = std::min(low[v], index[w]);
        }
      }
    }
    if (low[v] != index[v]) return;
    for (int w = -1; w != v; stack.pop_back()) component[w = stack.back()] = made;
    ++made;
  };
  for (const auto& [v, edges] : graph) {
    if (!index.contains(v)) visit(v);
  }
  return component;
}

/// Removes one vertex after the other, the one with the fewest detours first; a detour past it
/// becomes an edge, and a pair of opposite edges is a cycle.
void eliminate(Graph out, Clauses& clauses) {
  Graph in;
  for (const auto& [v, edges] : out) {
    for (const auto& [w, lit] : edges) in[w][v] = lit;
  }
  std::set<Lit> detours;  // made here, so that a second reason may be added to them
  while (!out.empty()) {
    const auto cost = [&in](const auto& vertex) {
      return vertex.second.size() * in[vertex.first].size();
    };
    const auto cheapest = std::ranges::min_element(out, {}, cost);
    const int v = cheapest->first;
    const std::map<int, Lit> from = in[v], to = cheapest->second;
    for (const auto& [u, first] : from) {
      for (const auto& [w, second] : to) {
        if (u == w) {
          clauses.add({-first, -second});
          continue;
        }
        if (first == -second) continue;
        auto& edge = out[u];
        const auto known = edge.find(w);
        if (known != edge.end() && known->second == lit_true) continue;
        Lit lit = known == edge.end() ? 0 : known->second;
        if (!detours.contains(lit)) {
          const Lit old = lit;
          lit = clauses.fresh();
          detours.insert(lit);
          if (old != 0) clauses.add({-old, lit});
        }
        clauses.add({-first, -second, lit});
        edge[w] = in[w][u] = lit;
      }
    }
    for (const auto& [u, lit] : from) out[u].erase(v);
    for (const auto& [w, lit] : to) in[w].erase(v);
    out.erase(v);
    in.erase(v);
  }
}

std::vector<int> shortest_cycle(const Graph& graph) {
  std::vector<int> best;
  for (const auto& [start, edges] : graph) {
    std::map<int, int> parent;
    std::deque<int> todo{start};
    while (!todo.empty()) {
      const int v = todo.front();
      todo.pop_front();
      const auto found = graph.find(v);
      if (found == graph.end()) continue;
      for (const auto& [w, lit] : found->second) {
        if (!parent.emplace(w, v).second) continue;
        if (w != start) todo.push_back(w);
      }
    }
    if (!parent.contains(start)) continue;
    std::vector<int> cycle{start};
    for (int v = parent[start]; v != start; v = parent[v]) cycle.push_back(v);
    std::ranges::reverse(cycle);
    std::ranges::rotate(cycle, cycle.end() - 1);
    if (best.empty() || cycle.size() < best.size()) best = cycle;
  }
  return best;
}

}  // namespace

std::vector<int> forbid_cycles(const Relation& relation, Clauses& clauses) {
  Graph graph;
  for (const auto& [key, lit] : relation) graph[key.first][key.second] = lit;
  if (clauses.dry()) return shortest_cycle(graph);
  const std::map<int, int> component = components(graph);
  std::map<int, Graph> cyclic;
  for (const auto& [key, lit] : relation) {
    if (key.first == key.second)
      clauses.add({-lit});
    else if (component.at(key.first) == component.at(key.second)) {
      cyclic[component.at(key.first)][key.first][key.second] = lit;
    }
  }
  for (auto& [number, part] : cyclic) eliminate(std::move(part), clauses);
  return {};
}

std::vector<int> forbid_loops(const Relation& relation, Clauses& clauses) {
  for (const auto& [key, lit] : relation) {
    if (key.first != key.second) continue;
    if (clauses.dry()) return {key.first};
    clauses.add({-lit});
  }
  return {};
}

std::vector<int> forbid_pairs(const Relation& relation, Clauses& clauses) {
  for (const auto& [key, lit] : relation) {
    if (clauses.dry()) return {key.first, key.second};
    clauses.add({-lit});
  }
  return {};
}

}  // namespace lockstep::orders
