// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/relation.hpp"

#include <algorithm>
#include <cstdint>

namespace lockstep::orders {

namespace {

constexpr auto place = [](const Edge& e) { return std::pair{e.from, e.to}; };

}  // namespace

bool EventSet::empty() const {
  return std::ranges::all_of(lits_, [](Lit lit) { return lit == lit_false; });
}

Relation::Relation(std::vector<Edge> edges) : edges_{std::move(edges)} {
  if (edges_.empty()) return;
  if (!std::ranges::is_sorted(edges_, {}, place)) std::ranges::sort(edges_, {}, place);
  start_.resize(edges_.back().from + 2);
  for (const Edge& e : edges_) ++start_[e.from + 1];
  for (std::size_t i = 1; i < start_.size(); ++i) start_[i] += start_[i - 1];
}

Lit Relation::at(int from, int to) const {
  const auto edges = row(from);
  const auto found = std::ranges::lower_bound(edges, to, {}, &Edge::to);
  return found != edges.end() && found->to == to ? found->lit : lit_false;
}

Relation Algebra::unite(std::span<const Relation> parts) {
  std::vector<const Relation*> some;
  for (const Relation& r : parts) {
    if (!r.empty()) some.push_back(&r);
  }
  if (some.empty()) return {};
  if (some.size() == 1) return *some.front();
  std::vector<Edge> all;
  for (const Relation* r : some) all.insert(all.end(), r->begin(), r->end());
  std::ranges::stable_sort(all, {}, place);
  std::vector<Edge> out;
  std::vector<Lit> lits;
  for (std::size_t i = 0; i < all.size();) {
    lits.clear();
    std::size_t j = i;
    for (; j < all.size() && place(all[j]) == place(all[i]); ++j) lits.push_back(all[j].lit);
    out.push_back(
        {all[i].from, all[i].to, lits.size() == 1 ? lits.front() : clauses_.any(lits, exact_)});
    i = j;
  }
  return Relation{std::move(out)};
}

Relation Algebra::intersect(const Relation& a, const Relation& b) {
  std::vector<Edge> out;
  auto at = b.begin();
  for (const Edge& e : a) {
    while (at != b.end() && place(*at) < place(e)) ++at;
    if (at == b.end()) break;
    if (place(*at) != place(e)) continue;
    const Lit both = clauses_.both(e.lit, at->lit, exact_);
    if (both != lit_false) out.push_back({e.from, e.to, both});
  }
  return Relation{std::move(out)};
}

Relation Algebra::subtract(const Relation& a, const Relation& b) {
  std::vector<Edge> out;
  for (const Edge& e : a) {
    const Lit kept = clauses_.both(e.lit, -b.at(e.from, e.to), exact_);
    if (kept != lit_false) out.push_back({e.from, e.to, kept});
  }
  return Relation{std::move(out)};
}

Relation Algebra::sequence(const Relation& a, const Relation& b) {
  int width = 0;
  for (const Edge& e : b) width = std::max(width, e.to + 1);
  std::vector<std::vector<std::pair<Lit, Lit>>> ways(width);
  std::vector<int> met;
  std::vector<Edge> out;
  std::vector<Lit> lits;
  for (int from = 0; from < a.rows(); ++from) {
    for (const Edge& first : a.row(from)) {
      for (const Edge& second : b.row(first.to)) {
        if (first.lit == -second.lit) continue;
        if (ways[second.to].empty()) met.push_back(second.to);
        ways[second.to].emplace_back(first.lit, second.lit);
      }
    }
    std::ranges::sort(met);
    for (const int to : met) {
      auto& pairs = ways[to];
      lits.clear();
      for (const auto& [x, y] : pairs) {
        if (clauses_.implies(x, y))
          lits.push_back(x);
        else if (clauses_.implies(y, x))
          lits.push_back(y);
        else if (pairs.size() == 1 || exact_)
          lits.push_back(clauses_.both(x, y, exact_));
      }
      Lit lit = lit_false;
      if (std::ranges::find(lits, lit_true) != lits.end()) {
        lit = lit_true;
      } else if (exact_ || pairs.size() == lits.size()) {
        lit = clauses_.any(lits, exact_);
      } else {  // one clause a way, without a name for each
        lit = clauses_.fresh();
        for (const auto& [x, y] : pairs) clauses_.add({-x, -y, lit});
      }
      out.push_back({from, to, lit});
      pairs.clear();
    }
    met.clear();
  }
  return Relation{std::move(out)};
}

Relation Algebra::inverse(const Relation& a) const {
  std::vector<Edge> out;
  for (const Edge& e : a) out.push_back({e.to, e.from, e.lit});
  return Relation{std::move(out)};
}

Relation Algebra::optional(const Relation& a, int events) {
  std::vector<Edge> out;
  for (const Edge& e : a) {
    if (e.from != e.to) out.push_back(e);
  }
  for (int e = 0; e < events; ++e) out.push_back({e, e, lit_true});
  return Relation{std::move(out)};
}

Relation Algebra::plus(const Relation& a) {
  // First which pairs may hold, then a literal for each and the clauses that force it.
  int events = a.rows();
  for (const Edge& e : a) events = std::max(events, e.to + 1);
  std::vector<Edge> out;
  std::vector<Lit> reached(events);
  std::vector<int> todo;
  for (int from = 0; from < a.rows(); ++from) {
    std::ranges::fill(reached, 0);
    todo.assign({from});
    while (!todo.empty()) {
      const int at = todo.back();
      todo.pop_back();
      for (const Edge& e : a.row(at)) {
        if (reached[e.to] != 0) continue;
        reached[e.to] = lit_true;
        todo.push_back(e.to);
      }
    }
    for (int to = 0; to < events; ++to) {
      if (reached[to] == 0) continue;
      const Lit direct = a.at(from, to);
      if (direct == lit_true) continue;
      reached[to] = clauses_.fresh();
      if (direct != lit_false) clauses_.add({-direct, reached[to]});
    }
    for (int middle = 0; middle < events; ++middle) {
      if (reached[middle] == 0) continue;
      for (const Edge& e : a.row(middle)) clauses_.add({-reached[middle], -e.lit, reached[e.to]});
    }
    for (int to = 0; to < events; ++to) {
      if (reached[to] != 0) out.push_back({from, to, reached[to]});
    }
  }
  return Relation{std::move(out)};
}

Relation Algebra::on(const EventSet& set) const {
  std::vector<Edge> out;
  for (int e = 0; e < set.end(); ++e) {
    if (set.at(e) != lit_false) out.push_back({e, e, set.at(e)});
  }
  return Relation{std::move(out)};
}

Relation Algebra::from(const EventSet& set, const Relation& r) {
  std::vector<Edge> out;
  for (const Edge& e : r) {
    const Lit lit = clauses_.both(set.at(e.from), e.lit, exact_);
    if (lit != lit_false) out.push_back({e.from, e.to, lit});
  }
  return Relation{std::move(out)};
}

Relation Algebra::into(const Relation& r, const EventSet& set) {
  std::vector<Edge> out;
  for (const Edge& e : r) {
    const Lit lit = clauses_.both(e.lit, set.at(e.to), exact_);
    if (lit != lit_false) out.push_back({e.from, e.to, lit});
  }
  return Relation{std::move(out)};
}

Relation Algebra::cross(const EventSet& a, const EventSet& b) {
  std::vector<Edge> out;
  for (int x = 0; x < a.end(); ++x) {
    if (a.at(x) == lit_false) continue;
    for (int y = 0; y < b.end(); ++y) {
      const Lit lit = clauses_.both(a.at(x), b.at(y), exact_);
      if (lit != lit_false) out.push_back({x, y, lit});
    }
  }
  return Relation{std::move(out)};
}

EventSet Algebra::unite(std::span<const EventSet> parts) {
  EventSet out;
  int end = 0;
  for (const EventSet& s : parts) end = std::max(end, s.end());
  for (int e = 0; e < end; ++e) {
    std::vector<Lit> lits;
    for (const EventSet& s : parts) lits.push_back(s.at(e));
    out.set(e, clauses_.any(lits, exact_));
  }
  return out;
}

EventSet Algebra::intersect(const EventSet& a, const EventSet& b) {
  EventSet out;
  for (int e = 0; e < a.end(); ++e) out.set(e, clauses_.both(a.at(e), b.at(e), exact_));
  return out;
}

EventSet Algebra::subtract(const EventSet& a, const EventSet& b) {
  EventSet out;
  for (int e = 0; e < a.end(); ++e) out.set(e, clauses_.both(a.at(e), -b.at(e), exact_));
  return out;
}

}  // namespace lockstep::orders
