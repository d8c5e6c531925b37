// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/evaluate.hpp"

#include <algorithm>
#include <numeric>

#include "model/verdict.hpp"

namespace lockstep::orders {

namespace {

using Op = Expr::Op;

constexpr Evaluator::Wanted other(Evaluator::Wanted w) {
  return w == Evaluator::Wanted::small ? Evaluator::Wanted::large : Evaluator::Wanted::small;
}

/// The same base with every literal true: all that may happen, at once.
Base possible(const Base& base) {
  Base out = base;
  for (auto& [name, set] : out.sets)
    for (auto& [event, lit] : set) lit = lit_true;
  for (auto& [name, relation] : out.relations)
    for (auto& [pair, lit] : relation) lit = lit_true;
  return out;
}

}  // namespace

Evaluator::Evaluator(const MemoryModel& model, const Base& base, Clauses& clauses, bool may)
    : model_{model},
      base_{base},
      clauses_{clauses},
      may_{may},
      upper_{clauses},
      exact_{clauses, true} {
  for (const Definition& d : model_.definitions) definitions_[d.name] = &d;
}

EventSet Evaluator::set(const ExprPtr& e) {
  const auto arg = [&](std::size_t i) { return set(e->args[i]); };
  const auto all = [&] {
    std::vector<EventSet> parts;
    for (const ExprPtr& a : e->args) parts.push_back(set(a));
    return parts;
  };
  switch (e->op) {
    case Op::name: {
      if (const auto base = base_.sets.find(e->name); base != base_.sets.end()) return base->second;
      const auto found = definitions_.find(e->name);
      if (found == definitions_.end()) return {};
      const auto known = sets_.find(e->name);
      if (known != sets_.end()) return known->second;
      return sets_[e->name] = set(found->second->body);
    }
    case Op::unite: return exact_.unite(all());
    case Op::intersect: {
      EventSet out = arg(0);
      for (std::size_t i = 1; i < e->args.size(); ++i) out = exact_.intersect(out, arg(i));
      return out;
    }
    case Op::subtract: {
      EventSet out = arg(0);
      for (std::size_t i = 1; i < e->args.size() && !may_; ++i) out = exact_.subtract(out, arg(i));
      return out;
    }
    default: return {};
  }
}

bool Evaluator::cheap(const ExprPtr& e) const {
  return e->op == Op::on_set ||
         (e->op == Op::name && (bound_.contains(e->name) || base_.relations.contains(e->name)));
}

/// A sequence or intersection: first the operands that cost little, for an empty one decides.
Relation Evaluator::join(const Expr& e, Wanted wanted) {
  std::vector<std::size_t> order(e.args.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_partition(order, [&](std::size_t i) { return cheap(e.args[i]); });
  std::vector<Relation> parts(e.args.size());
  for (const std::size_t i : order) {
    parts[i] = relation(e.args[i], wanted);
    if (parts[i].empty()) return {};
  }
  Algebra& algebra = wanted == Wanted::large ? exact_ : upper_;
  Relation out = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    out = e.op == Op::sequence ? algebra.sequence(out, parts[i]) : algebra.intersect(out, parts[i]);
  }
  return out;
}

Relation Evaluator::relation(const ExprPtr& e, Wanted wanted) {
  Algebra& algebra = wanted == Wanted::large ? exact_ : upper_;
  const auto arg = [&](std::size_t i) { return relation(e->args[i], wanted); };
  switch (e->op) {
    case Op::name: return named(e->name, wanted);
    case Op::nothing: return {};
    case Op::unite: {
      std::vector<Relation> parts;
      for (const ExprPtr& a : e->args) parts.push_back(relation(a, wanted));
      return algebra.unite(parts);
    }
    case Op::sequence:
    case Op::intersect: return join(*e, wanted);
    case Op::subtract: {
      Relation out = arg(0);
      for (std::size_t i = 1; i < e->args.size() && !may_ && !out.empty(); ++i) {
        out = algebra.subtract(out, relation(e->args[i], other(wanted)));
      }
      return out;
    }
    case Op::cross: return exact_.cross(set(e->args[0]), set(e->args[1]));
    case Op::inverse: return algebra.inverse(arg(0));
    case Op::optional: return algebra.optional(arg(0), base_.events);
    case Op::on_set: return algebra.on(set(e->args[0]));
    case Op::plus:
    case Op::star: {
      Relation r = arg(0);
      if (wanted == Wanted::large && !clauses_.dry() && !r.empty()) {
        throw InputError{model_.name, 0, 0,
                         "a closure (+, *) is subtracted in an axiom, or stands "
                         "in a flag; expected a relation without recursion"};
      }
      return e->op == Op::plus ? algebra.plus(r) : algebra.star(r, base_.events);
    }
  }
  return {};
}

Relation Evaluator::named(const std::string& name, Wanted wanted) {
  if (const auto bound = bound_.find(name); bound != bound_.end()) return bound->second;
  if (const auto base = base_.relations.find(name); base != base_.relations.end())
    return base->second;
  if (const auto known = relations_.find({name, wanted}); known != relations_.end()) {
    return known->second;
  }
  Relation out;
  if (name == "fr") {
    Algebra& algebra = wanted == Wanted::large ? exact_ : upper_;
    out = algebra.sequence(algebra.inverse(base_.relations.at("rf")), base_.relations.at("co"));
  } else if (const auto found = definitions_.find(name); found != definitions_.end()) {
    const Definition& d = *found->second;
    out = d.recursive ? recursive(d, wanted) : relation(d.body, wanted);
  }
  return relations_[{name, wanted}] = std::move(out);
}

Relation Evaluator::recursive(const Definition& d, Wanted wanted) {
  Relation& now = bound_[d.name];
  if (clauses_.dry()) {
    for (std::size_t before = 0;; before = now.size()) {
      Relation grown = relation(d.body, wanted);
      now = std::move(grown);
      if (now.size() == before) break;
    }
  } else {
    if (wanted == Wanted::large) {
      throw InputError{model_.name, d.line, 0,
                       "'" + d.name +
                           "' is recursive: an axiom cannot "
                           "subtract it, nor a flag demand it"};
    }
    if (possible_ == nullptr) {
      possible_base_ = std::make_unique<Base>(possible(base_));
      possible_ = std::make_unique<Evaluator>(model_, *possible_base_, dry_, true);
    }
    for (const auto& [pair, lit] : possible_->named(d.name, wanted)) now[pair] = clauses_.fresh();
    for (const auto& [pair, lit] : relation(d.body, wanted)) {
      clauses_.add({-lit, now.at(pair)});
    }
  }
  Relation out = std::move(now);
  bound_.erase(d.name);
  return out;
}

std::vector<int> Evaluator::check(const Axiom& axiom) {
  const Relation r = relation(axiom.body, axiom.flag ? Wanted::large : Wanted::small);
  switch (axiom.check) {
    case Axiom::Check::acyclic: return forbid_cycles(r, clauses_);
    case Axiom::Check::irreflexive: return forbid_loops(r, clauses_);
    case Axiom::Check::empty: return forbid_pairs(r, clauses_);
  }
  return {};
}

}  // namespace lockstep::orders
