// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "liveness/lasso.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <stdexcept>

#include "liveness/components.hpp"

namespace lockstep::liveness {
namespace {

constexpr std::uint64_t no_edge = ~std::uint64_t{0};

/// What a loop has to do: if it comes into a state with `if_state` (none: in any case), it comes
/// into one without `not_state`, or with `state`, or takes a step with `step`.
struct Duty {
  std::optional<std::size_t> if_state;
  std::optional<std::size_t> not_state, state, step;
};

std::vector<Duty> duties_of(const std::vector<Fair>& fair, const Clause& clause) {
  std::vector<Duty> out;
  for (const Fair& f : fair) {
    // Weak: it is not enabled, or it is taken. Strong: the same, if it is enabled at all.
    Duty duty{.if_state = {}, .not_state = {}, .state = {}, .step = f.taken};
    (f.strong ? duty.if_state : duty.not_state) = f.enabled;
    out.push_back(duty);
  }
  for (const std::size_t q : clause.again) {
    out.push_back({.if_state = {}, .not_state = {}, .state = q, .step = {}});
  }
  for (const std::size_t q : clause.again_steps) {
    out.push_back({.if_state = {}, .not_state = {}, .state = {}, .step = q});
  }
  return out;
}

class Search {
 public:
  Search(const Graph& graph, const std::vector<Fair>& fair, const Clause& clause)
      : graph_(graph), clause_(clause), duties_(duties_of(fair, clause)), parts_(graph.nodes()) {}

  std::optional<Lasso> run() {
    reach();
    find_components();
    std::optional<Lasso> best;
    // The first node of a good loop, and the first one where a behaviour may stay for ever.
    for (const std::uint32_t node : order_) {
      if (parts_[node] < first_good) continue;
      const bool stays = fulfils({node}, {});
      if (best && !stays) continue;
      Lasso lasso{stem_to(node), {}};
      if (best && lasso.stem.size() > best->stem.size() + best->loop.size()) break;
      if (!stays) lasso.loop = loop_from(node);
      best = std::move(lasso);
      if (stays) break;
    }
    return best;
  }

 private:
  using Nodes = std::vector<std::uint32_t>;
  using Edges = std::vector<std::uint64_t>;
  /// Numbers of parts: 0 does not belong to any, those from here on are components with a loop that
  /// does all that it has to.
  static constexpr std::uint32_t first_good = 0x80000000;

  bool may_stay(std::uint32_t node) const {
    return !clause_.stays || graph_.states(node, *clause_.stays);
  }
  bool may_loop(std::uint32_t node) const {
    return may_stay(node) && std::ranges::all_of(clause_.always, [&](std::size_t q) {
             return graph_.states(node, q);
           });
  }
  bool may_repeat(std::uint64_t edge) const {
    return std::ranges::none_of(clause_.never_steps,
                                [&](std::size_t q) { return graph_.steps(edge, q); });
  }
  bool begins(std::uint32_t node) const {
    return may_stay(node) && (!clause_.from || graph_.states(node, *clause_.from));
  }

  /// Breadth first through states before the one with `from`, and, in a second layer, from there
  /// on. A state of layer l is node * 2 + l. `order_` has the nodes of the second layer.
  void reach() {
    ways_.assign(graph_.nodes() * 2, {no_edge, 0});
    seen_.assign(graph_.nodes() * 2, false);
    std::deque<std::uint64_t> queue;
    const auto arrive = [&](std::uint64_t place, std::uint64_t edge, std::uint64_t from) {
      if (seen_[place]) return;
      seen_[place] = true;
      ways_[place] = {edge, from};
      queue.push_back(place);
      if (place % 2 == 1) order_.push_back(static_cast<std::uint32_t>(place / 2));
    };
    if (begins(0)) arrive(1, no_edge, 0);
    if (clause_.from) arrive(0, no_edge, 0);
    while (!queue.empty()) {
      const std::uint64_t place = queue.front();
      queue.pop_front();
      const std::uint64_t node = place / 2;
      for (std::uint64_t e = graph_.first_edge[node]; e < graph_.first_edge[node + 1]; ++e) {
        const std::uint32_t to = graph_.target[e];
        const std::uint64_t there = std::uint64_t{to} * 2;
        if (place % 2 == 1) {
          if (may_stay(to)) arrive(there + 1, e, place);
        } else {
          if (begins(to)) arrive(there + 1, e, place);
          arrive(there, e, place);
        }
      }
    }
  }

  Edges stem_to(std::uint32_t node) const {
    Edges out;
    for (std::uint64_t at = std::uint64_t{node} * 2 + 1; ways_[at].edge != no_edge;
         at = ways_[at].from) {
      out.push_back(ways_[at].edge);
    }
    return {out.rbegin(), out.rend()};
  }

  bool does(const Duty& duty, std::uint32_t node) const {
    return (duty.not_state && !graph_.states(node, *duty.not_state)) ||
           (duty.state && graph_.states(node, *duty.state));
  }
  bool does(const Duty& duty, std::uint64_t edge) const {
    return duty.step && graph_.steps(edge, *duty.step);
  }
  /// May this edge be taken in a loop through its component?
  bool within(std::uint64_t edge, std::uint32_t from) const {
    return parts_[graph_.target[edge]] == parts_[from] && may_repeat(edge);
  }
  bool is_asked(const Duty& duty, const Nodes& nodes) const {
    return !duty.if_state || std::ranges::any_of(nodes, [&](std::uint32_t node) {
      return graph_.states(node, *duty.if_state);
    });
  }
  bool is_done(const Duty& duty, const Nodes& nodes, const Edges& edges) const {
    return std::ranges::any_of(nodes, [&](std::uint32_t n) { return does(duty, n); }) ||
           std::ranges::any_of(edges, [&](std::uint64_t e) { return does(duty, e); });
  }
  bool fulfils(const Nodes& nodes, const Edges& edges) const {
    return std::ranges::all_of(duties_, [&](const Duty& duty) {
      return !is_asked(duty, nodes) || is_done(duty, nodes, edges);
    });
  }

  /// Marks the components with a good loop. Where an action with strong fairness is enabled and
  /// never taken, the states in which it is enabled are taken out, and what is left falls apart
  /// anew. Every single state is a component: a behaviour may stay there.
  void find_components() {
    Components components{graph_.first_edge, graph_.target,
                          [&](std::uint64_t edge) { return may_repeat(edge); }};
    std::uint32_t part = 0, good = first_good;
    std::vector<Nodes> work(1);
    for (const std::uint32_t node : order_) {
      if (may_loop(node)) work.back().push_back(node);
    }
    while (!work.empty()) {
      const Nodes nodes = std::move(work.back());
      work.pop_back();
      ++part;
      for (const std::uint32_t node : nodes) parts_[node] = part;
      std::vector<Nodes> found;
      components.each(nodes, parts_, part, [&](const Nodes& one) { found.push_back(one); });
      for (Nodes& one : found) {
        ++part;
        for (const std::uint32_t node : one) parts_[node] = part;
        if (judge(one)) {
          for (const std::uint32_t node : one) parts_[node] = good;
          ++good;
          continue;
        }
        for (const std::uint32_t node : one) parts_[node] = 0;
        if (!one.empty()) work.push_back(std::move(one));
      }
    }
  }

  /// Can all of the component be gone through again and again? If not, what may still be good is
  /// left of it: nothing, or the states in which nothing is asked that cannot be done.
  bool judge(Nodes& nodes) const {
    std::vector<const Duty*> undone;
    for (const Duty& duty : duties_) {
      if (!is_asked(duty, nodes)) continue;
      bool done = false;
      for (const std::uint32_t node : nodes) {
        done = done || does(duty, node);
        for (std::uint64_t e = graph_.first_edge[node]; !done && e < graph_.first_edge[node + 1];
             ++e) {
          done = within(e, node) && does(duty, e);
        }
        if (done) break;
      }
      if (done) continue;
      undone.push_back(&duty);
      if (!duty.if_state) nodes.clear();
    }
    for (const Duty* duty : undone) {
      if (!duty->if_state) continue;
      std::erase_if(nodes,
                    [&](std::uint32_t node) { return graph_.states(node, *duty->if_state); });
    }
    return undone.empty();
  }

  /// A loop through a good component that begins and ends in `start`.
  Edges loop_from(std::uint32_t start) const {
    Edges edges;
    for (;;) {
      const Edges back = way(end_of(edges, start),
                             [&](std::uint64_t, std::uint32_t node) { return node == start; });
      Edges closed = edges;
      closed.insert(closed.end(), back.begin(), back.end());
      Nodes nodes{start};
      for (const std::uint64_t e : closed) nodes.push_back(graph_.target[e]);
      const auto open = std::ranges::find_if(duties_, [&](const Duty& duty) {
        return is_asked(duty, nodes) && !is_done(duty, nodes, closed);
      });
      if (open == duties_.end()) return closed;
      const Edges more = way(end_of(edges, start), [&](std::uint64_t edge, std::uint32_t node) {
        return does(*open, node) || (edge != no_edge && does(*open, edge));
      });
      if (more.empty()) throw std::logic_error("a loop that was found cannot be gone through");
      edges.insert(edges.end(), more.begin(), more.end());
    }
  }
  std::uint32_t end_of(const Edges& edges, std::uint32_t start) const {
    return edges.empty() ? start : graph_.target[edges.back()];
  }

  /// The shortest way within a component to where `there` says, of the last edge and its end, that
  /// it is. There is one.
  Edges way(std::uint32_t start,
            const std::function<bool(std::uint64_t, std::uint32_t)>& there) const {
    if (there(no_edge, start)) return {};
    struct Came {
      std::uint32_t node;
      std::uint64_t edge;
      std::size_t before;
    };
    std::vector<Came> came{{start, no_edge, 0}};
    std::vector<bool> seen(graph_.nodes());
    seen[start] = true;
    for (std::size_t i = 0; i < came.size(); ++i) {
      const std::uint32_t node = came[i].node;
      for (std::uint64_t e = graph_.first_edge[node]; e < graph_.first_edge[node + 1]; ++e) {
        if (!within(e, node)) continue;
        const std::uint32_t to = graph_.target[e];
        if (there(e, to)) {
          Edges out{e};
          for (std::size_t at = i; came[at].edge != no_edge; at = came[at].before) {
            out.push_back(came[at].edge);
          }
          return {out.rbegin(), out.rend()};
        }
        if (seen[to]) continue;
        seen[to] = true;
        came.push_back({to, e, i});
      }
    }
    return {};
  }

  const Graph& graph_;
  const Clause& clause_;
  std::vector<Duty> duties_;
  Parts parts_;
  struct Way {
    std::uint64_t edge, from;
  };
  std::vector<Way> ways_;
  std::vector<bool> seen_;
  Nodes order_;
};

}  // namespace

std::optional<Lasso> find_lasso(const Graph& graph, const std::vector<Fair>& fair,
                                const Clause& clause) {
  return Search{graph, fair, clause}.run();
}

}  // namespace lockstep::liveness
