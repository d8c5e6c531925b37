// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "orders/clauses.hpp"

namespace lockstep::orders {

/// A set of events: each with the literal under which it belongs. Absent = never.
using EventSet = std::map<int, Lit>;
/// A relation over events: each pair with the literal under which it holds. Absent = never.
using Relation = std::map<std::pair<int, int>, Lit>;

/// The operations on relations. All are monotone in the literals, and made *one-sided* unless
/// `exact` is asked for: a result's literal is implied by what puts the pair into it, and the
/// solver is free to set it without need. That is sound and complete wherever the axioms only
/// profit from small relations, and much cheaper.
class Algebra {
 public:
  explicit Algebra(Clauses& clauses, bool exact = false) : clauses_{clauses}, exact_{exact} {}

  Relation unite(const std::vector<Relation>& parts);
  Relation intersect(const Relation& a, const Relation& b);
  /// a without b. The literals of b are negated: the caller sees to it that b is exact.
  Relation subtract(const Relation& a, const Relation& b);
  Relation sequence(const Relation& a, const Relation& b);
  Relation inverse(const Relation& a) const;
  Relation optional(const Relation& a, int events);  ///< a | id
  Relation plus(const Relation& a);                  ///< transitive closure
  Relation star(const Relation& a, int events) { return optional(plus(a), events); }
  Relation on(const EventSet& set) const;  ///< identity on a set
  Relation cross(const EventSet& a, const EventSet& b);

  EventSet unite(const std::vector<EventSet>& parts);
  EventSet intersect(const EventSet& a, const EventSet& b);
  EventSet subtract(const EventSet& a, const EventSet& b);

  Clauses& clauses() { return clauses_; }
  bool exact() const { return exact_; }

 private:
  template <typename Map>
  Map unite_maps(const std::vector<Map>& parts);
  template <typename Map>
  Map intersect_maps(const Map& a, const Map& b);
  template <typename Map>
  Map subtract_maps(const Map& a, const Map& b);

  Clauses& clauses_;
  bool exact_;
};

/// No cycle, by vertex elimination within each strongly connected component of the pairs that may
/// hold. In a dry store: returns the shortest cycle of the pairs there are (empty = none).
std::vector<int> forbid_cycles(const Relation& relation, Clauses& clauses);
/// No event is related to itself.
std::vector<int> forbid_loops(const Relation& relation, Clauses& clauses);
/// No pair holds.
std::vector<int> forbid_pairs(const Relation& relation, Clauses& clauses);

}  // namespace lockstep::orders
