// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <deque>
#include <functional>
#include <map>

#include "orders/encode/relation.hpp"

namespace lockstep::orders {

namespace {

/// The number of each event's strongly connected component (Tarjan); -1 = of no edge.
std::vector<int> components(const Relation& graph, int events) {
  std::vector<int> index(events), low(events), component(events, -1), stack;
  int numbered = 0, made = 0;
  const std::function<void(int)> visit = [&](int v) {
    index[v] = low[v] = ++numbered;
    stack.push_back(v);
    for (const Edge& e : graph.row(v)) {
      if (index[e.to] == 0) {
        visit(e.to);
        low[v] = std::min(low[v], low[e.to]);
      } else if (component[e.to] < 0) {
        low[v] = std::min(low[v], index[e.to]);
      }
    }
    if (low[v] != index[v]) return;
    for (int w = -1; w != v; stack.pop_back()) component[w = stack.back()] = made;
    ++made;
  };
  for (const Edge& e : graph) {
    if (index[e.from] == 0) visit(e.from);
  }
  return component;
}

/// One strongly connected component, as a matrix of literals.
class Component {
 public:
  explicit Component(std::size_t size) : size_{size}, edges_(size * size), known_(size * size) {}

  void set(std::size_t from, std::size_t to, Lit lit) { edge(from, to) = lit; }

  /// Removes one vertex after the other, the one with the fewest detours first; a detour past it
  /// becomes an edge, and a pair of opposite edges is a cycle.
  void eliminate(Clauses& clauses) {
    std::vector<std::size_t> left(size_);
    for (std::size_t v = 0; v < size_; ++v) left[v] = v;
    while (left.size() > 1) {
      const auto cheapest = std::ranges::min_element(left, {}, [&](std::size_t v) {
        std::size_t in = 0, out = 0;
        for (const std::size_t u : left) {
          in += edge(u, v) != 0;
          out += edge(v, u) != 0;
        }
        return in * out;
      });
      const std::size_t v = *cheapest;
      left.erase(cheapest);
      for (const std::size_t u : left) {
        if (edge(u, v) == 0) continue;
        for (const std::size_t w : left) {
          if (edge(v, w) != 0) detour(u, w, edge(u, v), edge(v, w), clauses);
        }
      }
    }
  }

 private:
  Lit& edge(std::size_t from, std::size_t to) { return edges_[from * size_ + to]; }

  void detour(std::size_t u, std::size_t w, Lit first, Lit second, Clauses& clauses) {
    if (u == w) {
      clauses.add({-first, -second});
      return;
    }
    Lit& lit = edge(u, w);
    if (first == -second || lit == lit_true) return;
    if (lit != 0 && (clauses.implies(first, lit) || clauses.implies(second, lit))) return;
    if (lit == 0 && (clauses.implies(first, second) || clauses.implies(second, first))) {
      lit = clauses.implies(first, second) ? first : second;
      return;
    }
    // Made here, so that a second reason may be added to it.
    if (!known_[u * size_ + w]) {
      const Lit old = lit;
      lit = clauses.fresh();
      known_[u * size_ + w] = true;
      if (old != 0) clauses.add({-old, lit});
    }
    clauses.add({-first, -second, lit});
  }

  std::size_t size_;
  std::vector<Lit> edges_;
  std::vector<bool> known_;  ///< edges whose literal is ours
};

std::vector<int> shortest_cycle(const Relation& graph) {
  std::vector<int> best;
  for (int start = 0; start < graph.rows(); ++start) {
    std::map<int, int> parent;
    std::deque<int> todo{start};
    while (!todo.empty()) {
      const int v = todo.front();
      todo.pop_front();
      for (const Edge& e : graph.row(v)) {
        if (!parent.emplace(e.to, v).second) continue;
        if (e.to != start) todo.push_back(e.to);
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
  if (clauses.dry()) return shortest_cycle(relation);
  int events = relation.rows();
  for (const Edge& e : relation) events = std::max(events, e.to + 1);
  const std::vector<int> component = components(relation, events);
  std::map<int, std::vector<int>> members;
  std::vector<std::size_t> place(events);
  for (int e = 0; e < events; ++e) {
    if (component[e] < 0) continue;
    place[e] = members[component[e]].size();
    members[component[e]].push_back(e);
  }
  for (const auto& [number, events_of] : members) {
    Component part{events_of.size()};
    for (const int from : events_of) {
      for (const Edge& e : relation.row(from)) {
        if (e.to == from)
          clauses.add({-e.lit});
        else if (component[e.to] == number)
          part.set(place[from], place[e.to], e.lit);
      }
    }
    part.eliminate(clauses);
  }
  return {};
}

std::vector<int> forbid_loops(const Relation& relation, Clauses& clauses) {
  for (const Edge& e : relation) {
    if (e.from != e.to) continue;
    if (clauses.dry()) return {e.from};
    clauses.add({-e.lit});
  }
  return {};
}

std::vector<int> forbid_pairs(const Relation& relation, Clauses& clauses) {
  for (const Edge& e : relation) {
    if (clauses.dry()) return {e.from, e.to};
    clauses.add({-e.lit});
  }
  return {};
}

}  // namespace lockstep::orders
