// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/cover.hpp"

#include "traces/reach.hpp"

namespace lockstep {

namespace {

/// Which edges are still wanted when each counts for itself. A node's edges are taken in order, so
/// one cursor a node finds the next without looking at the others again.
class EdgeGoals {
 public:
  explicit EdgeGoals(const LabelledGraph& graph)
      : graph_(graph),
        taken_(graph.edges.size(), false),
        cursor_(graph.first_edge.begin(), graph.first_edge.end() - 1) {}

  std::uint64_t next(std::uint32_t node) {
    std::uint64_t& at = cursor_[node];
    while (at < graph_.first_edge[node + 1] && taken_[at]) ++at;
    return at < graph_.first_edge[node + 1] ? at : Reach::none;
  }
  void take(std::uint32_t, std::uint64_t edge) { taken_[edge] = true; }

 private:
  const LabelledGraph& graph_;
  std::vector<bool> taken_;
  std::vector<std::uint64_t> cursor_;
};

/// The same when one edge of each class is enough.
class ClassGoals {
 public:
  ClassGoals(const LabelledGraph& graph, std::uint32_t classes, const EdgeClass& class_of)
      : graph_(graph), class_of_(class_of), taken_(classes, false) {}

  std::uint64_t next(std::uint32_t node) const {
    for (std::uint64_t edge = graph_.first_edge[node]; edge < graph_.first_edge[node + 1]; ++edge) {
      const std::uint32_t id = class_of_(node, edge);
      if (id != no_class && !taken_.at(id)) return edge;
    }
    return Reach::none;
  }
  void take(std::uint32_t node, std::uint64_t edge) {
    const std::uint32_t id = class_of_(node, edge);
    if (id != no_class) taken_.at(id) = true;
  }

 private:
  const LabelledGraph& graph_;
  const EdgeClass& class_of_;
  std::vector<bool> taken_;
};

template <class Goals>
class Coverer {
 public:
  Coverer(const LabelledGraph& graph, Goals& goals, const CoverLimits& limits)
      : graph_(graph), goals_(goals), limits_(limits), reach_(graph), visited_(graph.nodes(), 0) {}

  std::vector<Walk> walks() {
    std::vector<Walk> out;
    for (const std::uint32_t node : reach_.order()) {
      while (goals_.next(node) != Reach::none) out.push_back(walk_from(node));
    }
    return out;
  }

 private:
  /// Goes to `node` by the shortest way and on from there, greedily.
  Walk walk_from(std::uint32_t node) {
    Walk walk;
    const std::vector<std::uint64_t> prefix = reach_.path(node, walk.start);
    here_ = walk.start;
    for (const std::uint64_t edge : prefix) step(walk, edge);
    do {
      const std::uint64_t edge = goals_.next(here_);
      if (edge != Reach::none) {
        step(walk, edge);
        continue;
      }
      const std::vector<std::uint64_t> detour = nearest_goal();
      if (detour.empty()) break;
      for (const std::uint64_t way : detour) step(walk, way);
    } while (walk.edges.size() < limits_.steps);
    return walk;
  }

  void step(Walk& walk, std::uint64_t edge) {
    goals_.take(here_, edge);
    walk.edges.push_back(edge);
    here_ = graph_.edges[edge].target;
  }

  /// The way to the nearest node with an edge that is wanted, if it is near.
  std::vector<std::uint64_t> nearest_goal() {
    ++round_;
    queue_.assign(1, {here_, 0, Reach::none});
    visited_[here_] = round_;
    for (std::size_t i = 0; i < queue_.size() && i < limits_.search_nodes; ++i) {
      const std::uint32_t node = queue_[i].node;
      for (std::uint64_t edge = graph_.first_edge[node]; edge < graph_.first_edge[node + 1];
           ++edge) {
        const std::uint32_t target = graph_.edges[edge].target;
        if (visited_[target] == round_) continue;
        visited_[target] = round_;
        queue_.push_back({target, i, edge});
        if (goals_.next(target) != Reach::none) return way_to(queue_.size() - 1);
      }
    }
    return {};
  }

  std::vector<std::uint64_t> way_to(std::size_t index) const {
    std::vector<std::uint64_t> way;
    for (; queue_[index].edge != Reach::none; index = queue_[index].parent) {
      way.push_back(queue_[index].edge);
    }
    std::reverse(way.begin(), way.end());
    return way;
  }

  struct Found {
    std::uint32_t node;
    std::size_t parent;  ///< index into the queue
    std::uint64_t edge;
  };

  const LabelledGraph& graph_;
  Goals& goals_;
  CoverLimits limits_;
  Reach reach_;
  std::vector<std::uint32_t> visited_;  ///< in which round of the search
  std::uint32_t round_ = 0;
  std::vector<Found> queue_;
  std::uint32_t here_ = 0;
};

}  // namespace

std::vector<Walk> cover_edges(const LabelledGraph& graph, const CoverLimits& limits) {
  if (graph.nodes() == 0) return {};
  EdgeGoals goals{graph};
  return Coverer<EdgeGoals>{graph, goals, limits}.walks();
}

std::vector<Walk> cover_classes(const LabelledGraph& graph, std::uint32_t classes,
                                const EdgeClass& class_of, const CoverLimits& limits) {
  ClassGoals goals{graph, classes, class_of};
  std::vector<Walk> walks = Coverer<ClassGoals>{graph, goals, limits}.walks();
  std::ranges::stable_sort(walks, {}, [](const Walk& walk) { return walk.edges.size(); });
  return walks;
}

std::optional<Walk> shortest_walk(const LabelledGraph& graph,
                                  const std::function<bool(std::uint32_t)>& wanted) {
  const Reach reach{graph};
  for (const std::uint32_t node : reach.order()) {
    if (!wanted(node)) continue;
    Walk walk;
    walk.edges = reach.path(node, walk.start);
    return walk;
  }
  return std::nullopt;
}

Trace trace_of(const LabelledGraph& graph, const Walk& walk, TraceSubject subject) {
  Trace out;
  out.subject = std::move(subject);
  const auto append = [&](std::uint32_t node) {
    const StateView state = graph.state(node);
    out.states.emplace_back(state.begin(), state.end());
  };
  append(walk.start);
  for (const std::uint64_t edge : walk.edges) {
    out.steps.push_back(graph.labels[graph.edges[edge].label]);
    append(graph.edges[edge].target);
  }
  return out;
}

}  // namespace lockstep
