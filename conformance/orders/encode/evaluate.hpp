// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "orders/encode/relation.hpp"
#include "orders/models/model.hpp"

namespace lockstep::orders {

/// What an execution consists of, before any model speaks: exact literals.
struct Base {
  int events = 0;
  std::map<std::string, EventSet> sets;
  std::map<std::string, Relation> relations;
};

/// Evaluates the definitions of a model over the events of a program. Which way a literal must be
/// forced depends on what it is used for:
/// - `small`: the solver wants the relation small (axioms); what puts a pair in is asserted;
/// - `large`: the solver wants it large (flags, what an axiom subtracts); what a pair needs is
///   asserted too. Not for recursive relations.
/// Over a dry store it computes; with `may` it computes which pairs are possible at all.
class Evaluator {
 public:
  enum class Wanted { small, large };
  Evaluator(const MemoryModel& model, const Base& base, Clauses& clauses, bool may = false);

  using Ref = std::shared_ptr<const Relation>;
  Ref relation(const ExprPtr& e, Wanted wanted = Wanted::small);
  EventSet set(const ExprPtr& e);
  /// Asserts an axiom, or in a dry store says which events break it (empty = none do).
  std::vector<int> check(const Axiom& axiom);

 private:
  using Key = std::pair<std::string, Wanted>;
  Ref named(const std::string& name, Wanted wanted);
  Relation recursive(const Definition& definition, Wanted wanted);
  Ref sequence(const Expr& e, Wanted wanted);
  Ref intersection(const Expr& e, Wanted wanted);
  bool cheap(const ExprPtr& e) const;

  const MemoryModel& model_;
  const Base& base_;
  Clauses& clauses_;
  bool may_;
  Algebra upper_, exact_;
  std::map<std::string, const Definition*> definitions_;
  std::map<Key, Ref> relations_;
  std::map<std::string, EventSet> sets_;
  std::map<std::string, Ref> bound_;  ///< the recursive relation being computed
  // What is possible at all, computed on demand for recursive definitions.
  Clauses dry_;
  std::unique_ptr<Base> possible_base_;
  std::unique_ptr<Evaluator> possible_;
};

}  // namespace lockstep::orders
