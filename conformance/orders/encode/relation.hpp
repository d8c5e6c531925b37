// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "orders/encode/clauses.hpp"

namespace lockstep::orders {

/// A set of events: of each the literal under which it belongs. Beyond the end: never.
class EventSet {
 public:
  Lit at(int event) const {
    return static_cast<std::size_t>(event) < lits_.size() ? lits_[event] : lit_false;
  }
  void set(int event, Lit lit) {
    if (static_cast<std::size_t>(event) >= lits_.size()) lits_.resize(event + 1, lit_false);
    lits_[event] = lit;
  }
  int end() const { return static_cast<int>(lits_.size()); }
  bool empty() const;

 private:
  std::vector<Lit> lits_;
};

/// A pair of events and the literal under which it is in a relation.
struct Edge {
  int from = 0, to = 0;
  Lit lit = lit_false;
};

/// A relation over events: sorted pairs, each with the literal under which it holds. Absent =
/// never.
class Relation {
 public:
  Relation() = default;
  Relation(std::initializer_list<Edge> edges) : Relation{std::vector<Edge>{edges}} {}
  /// In any order, each pair once.
  explicit Relation(std::vector<Edge> edges);

  std::span<const Edge> row(int from) const {
    if (from < 0 || static_cast<std::size_t>(from) + 1 >= start_.size()) return {};
    return {edges_.data() + start_[from], edges_.data() + start_[from + 1]};
  }
  Lit at(int from, int to) const;
  auto begin() const { return edges_.begin(); }
  auto end() const { return edges_.end(); }
  bool empty() const { return edges_.empty(); }
  std::size_t size() const { return edges_.size(); }
  int rows() const { return start_.empty() ? 0 : static_cast<int>(start_.size()) - 1; }

 private:
  std::vector<Edge> edges_;
  std::vector<int> start_;  ///< of each row, and the end
};

/// The operations on relations. All are monotone in the literals, and made *one-sided* unless
/// `exact` is asked for: a result's literal is implied by what puts the pair into it, and the
/// solver is free to set it without need. That is sound and complete wherever the axioms only
/// profit from small relations, and much cheaper.
class Algebra {
 public:
  explicit Algebra(Clauses& clauses, bool exact = false) : clauses_{clauses}, exact_{exact} {}

  Relation unite(std::span<const Relation> parts);
  Relation intersect(const Relation& a, const Relation& b);
  /// a without b. The literals of b are negated: the caller sees to it that b is exact.
  Relation subtract(const Relation& a, const Relation& b);
  Relation sequence(const Relation& a, const Relation& b);
  Relation inverse(const Relation& a) const;
  Relation optional(const Relation& a, int events);  ///< a | id
  Relation plus(const Relation& a);                  ///< transitive closure
  Relation star(const Relation& a, int events) { return optional(plus(a), events); }
  Relation on(const EventSet& set) const;                 ///< identity on a set
  Relation from(const EventSet& set, const Relation& r);  ///< [set] ; r
  Relation into(const Relation& r, const EventSet& set);  ///< r ; [set]
  Relation cross(const EventSet& a, const EventSet& b);
  EventSet unite(std::span<const EventSet> parts);
  EventSet intersect(const EventSet& a, const EventSet& b);
  EventSet subtract(const EventSet& a, const EventSet& b);

 private:
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
