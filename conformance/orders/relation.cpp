// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/relation.hpp"

#include <set>

namespace lockstep::orders {

template <typename Map>
Map Algebra::unite_maps(const std::vector<Map>& parts) {
  std::map<typename Map::key_type, std::vector<Lit>> alternatives;
  for (const Map& part : parts) {
    for (const auto& [key, lit] : part) alternatives[key].push_back(lit);
  }
  Map out;
  for (const auto& [key, lits] : alternatives) {
    out.emplace_hint(out.end(), key, clauses_.any(lits, exact_));
  }
  return out;
}

template <typename Map>
Map Algebra::intersect_maps(const Map& a, const Map& b) {
  Map out;
  for (const auto& [key, lit] : a) {
    const auto found = b.find(key);
    if (found == b.end()) continue;
    const Lit both = clauses_.both(lit, found->second, exact_);
    if (both != lit_false) out.emplace_hint(out.end(), key, both);
  }
  return out;
}

template <typename Map>
Map Algebra::subtract_maps(const Map& a, const Map& b) {
  Map out;
  for (const auto& [key, lit] : a) {
    const auto found = b.find(key);
    const Lit kept = found == b.end() ? lit : clauses_.both(lit, -found->second, exact_);
    if (kept != lit_false) out.emplace_hint(out.end(), key, kept);
  }
  return out;
}

Relation Algebra::unite(const std::vector<Relation>& parts) {
  return unite_maps(parts);
}
EventSet Algebra::unite(const std::vector<EventSet>& parts) {
  return unite_maps(parts);
}
Relation Algebra::intersect(const Relation& a, const Relation& b) {
  return intersect_maps(a, b);
}
EventSet Algebra::intersect(const EventSet& a, const EventSet& b) {
  return intersect_maps(a, b);
}
Relation Algebra::subtract(const Relation& a, const Relation& b) {
  return subtract_maps(a, b);
}
EventSet Algebra::subtract(const EventSet& a, const EventSet& b) {
  return subtract_maps(a, b);
}

Relation Algebra::sequence(const Relation& a, const Relation& b) {
  std::map<std::pair<int, int>, std::vector<std::pair<Lit, Lit>>> ways;
  for (const auto& [ab, first] : a) {
    for (auto it = b.lower_bound({ab.second, -1}); it != b.end() && it->first.first == ab.second;
         ++it) {
      if (first == -it->second) continue;
      ways[{ab.first, it->first.second}].emplace_back(first, it->second);
    }
  }
  Relation out;
  for (const auto& [key, pairs] : ways) {
    std::vector<Lit> lits;
    for (const auto& [x, y] : pairs) {
      if (clauses_.implies(x, y))
        lits.push_back(x);
      else if (clauses_.implies(y, x))
        lits.push_back(y);
      else if (pairs.size() == 1 || exact_)
        lits.push_back(clauses_.both(x, y, exact_));
    }
    Lit lit = lit_false;
    if (exact_ || pairs.size() == lits.size()) {
      lit = clauses_.any(lits, exact_);
    } else {  // one clause a way, without a name for each
      lit = clauses_.fresh();
      for (const auto& [x, y] : pairs) clauses_.add({-x, -y, lit});
    }
    out.emplace_hint(out.end(), key, lit);
  }
  return out;
}

Relation Algebra::inverse(const Relation& a) const {
  Relation out;
  for (const auto& [key, lit] : a) out[{key.second, key.first}] = lit;
  return out;
}

Relation Algebra::optional(const Relation& a, int events) {
  Relation out = a;
  for (int e = 0; e < events; ++e) out[{e, e}] = lit_true;
  return out;
}

Relation Algebra::plus(const Relation& a) {
  // First which pairs may hold, then a literal for each and the clauses that force it.
  std::map<int, std::map<int, Lit>> reach;
  std::map<int, std::vector<std::pair<int, Lit>>> next;
  for (const auto& [key, lit] : a) next[key.first].emplace_back(key.second, lit);
  for (const auto& [from, steps] : next) {
    std::vector<int> todo{from};
    while (!todo.empty()) {
      const int at = todo.back();
      todo.pop_back();
      const auto found = next.find(at);
      if (found == next.end()) continue;
      for (const auto& [to, lit] : found->second) {
        if (reach[from].emplace(to, lit_true).second) todo.push_back(to);
      }
    }
  }
  Relation out;
  for (auto& [from, targets] : reach) {
    for (auto& [to, lit] : targets) {
      const auto direct = a.find({from, to});
      if (direct != a.end() && direct->second == lit_true) continue;
      lit = clauses_.fresh();
      if (direct != a.end()) clauses_.add({-direct->second, lit});
    }
    for (const auto& [middle, first] : targets) {
      if (const auto found = next.find(middle); found != next.end()) {
        for (const auto& [to, second] : found->second) {
          clauses_.add({-first, -second, targets.at(to)});
        }
      }
    }
    for (const auto& [to, lit] : targets) out[{from, to}] = lit;
  }
  return out;
}

Relation Algebra::on(const EventSet& set) const {
  Relation out;
  for (const auto& [event, lit] : set) out[{event, event}] = lit;
  return out;
}

Relation Algebra::cross(const EventSet& a, const EventSet& b) {
  Relation out;
  for (const auto& [x, left] : a) {
    for (const auto& [y, right] : b) {
      const Lit lit = clauses_.both(left, right, exact_);
      if (lit != lit_false) out[{x, y}] = lit;
    }
  }
  return out;
}

}  // namespace lockstep::orders
