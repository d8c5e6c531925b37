// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/evaluate.hpp"

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
  for (auto& [name, set] : out.sets) {
    for (int e = 0; e < set.end(); ++e) {
      if (set.at(e) != lit_false) set.set(e, lit_true);
    }
  }
  for (auto& [name, relation] : out.relations) {
    std::vector<Edge> edges{relation.begin(), relation.end()};
    for (Edge& e : edges) e.lit = lit_true;
    relation = Relation{std::move(edges)};
  }
  return out;
}

Evaluator::Ref owned(Relation r) {
  return std::make_shared<const Relation>(std::move(r));
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

/// First the operands that cost little, for an empty one decides.
Evaluator::Ref Evaluator::intersection(const Expr& e, Wanted wanted) {
  std::vector<ExprPtr> args = e.args;
  std::ranges::stable_partition(args, [&](const ExprPtr& a) { return cheap(a); });
  Algebra& algebra = wanted == Wanted::large ? exact_ : upper_;
  Ref out = relation(args.front(), wanted);
  for (std::size_t i = 1; i < args.size() && !out->empty(); ++i) {
    out = owned(algebra.intersect(*out, *relation(args[i], wanted)));
  }
  return out;
}

/// The same; and `[S]` picks from its neighbour instead of being a relation of its own.
Evaluator::Ref Evaluator::sequence(const Expr& e, Wanted wanted) {
  Algebra& algebra = wanted == Wanted::large ? exact_ : upper_;
  std::vector<std::size_t> order(e.args.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_partition(order, [&](std::size_t i) { return cheap(e.args[i]); });
  std::vector<Ref> parts(e.args.size());
  for (const std::size_t i : order) {
    if (e.args[i]->op == Op::on_set) {
      if (set(e.args[i]->args[0]).empty()) return owned({});
      continue;
    }
    parts[i] = relation(e.args[i], wanted);
    if (parts[i]->empty()) return parts[i];
  }
  const auto picks = [&](std::size_t i) { return parts[i] == nullptr; };
  Ref out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (picks(i)) {
      const EventSet s = set(e.args[i]->args[0]);
      const bool before_relation = out == nullptr && i + 1 < parts.size() && !picks(i + 1);
      if (before_relation) {
        out = owned(algebra.from(s, *parts[i + 1]));
        ++i;
      } else {
        out = owned(out == nullptr ? algebra.on(s) : algebra.into(*out, s));
      }
    } else {
      out = out == nullptr ? parts[i] : owned(algebra.sequence(*out, *parts[i]));
    }
    if (out->empty()) return out;
  }
  return out;
}

Evaluator::Ref Evaluator::relation(const ExprPtr& e, Wanted wanted) {
  Algebra& algebra = wanted == Wanted::large ? exact_ : upper_;
  const auto arg = [&](std::size_t i) { return relation(e->args[i], wanted); };
  switch (e->op) {
    case Op::name: return named(e->name, wanted);
    case Op::nothing: return owned({});
    case Op::unite: {
      std::vector<Relation> parts;
      for (const ExprPtr& a : e->args) parts.push_back(*relation(a, wanted));
      return owned(algebra.unite(parts));
    }
    case Op::sequence: return sequence(*e, wanted);
    case Op::intersect: return intersection(*e, wanted);
    case Op::subtract: {
      Ref out = arg(0);
      for (std::size_t i = 1; i < e->args.size() && !may_ && !out->empty(); ++i) {
        out = owned(algebra.subtract(*out, *relation(e->args[i], other(wanted))));
      }
      return out;
    }
    case Op::cross: return owned(exact_.cross(set(e->args[0]), set(e->args[1])));
    case Op::inverse: return owned(algebra.inverse(*arg(0)));
    case Op::optional: return owned(algebra.optional(*arg(0), base_.events));
    case Op::on_set: return owned(algebra.on(set(e->args[0])));
    case Op::plus:
    case Op::star: {
      const Ref r = arg(0);
      if (wanted == Wanted::large && !clauses_.dry() && !r->empty()) {
        throw InputError{model_.name, 0, 0,
                         "a closure (+, *) is subtracted in an axiom, or stands "
                         "in a flag; expected a relation without recursion"};
      }
      return owned(e->op == Op::plus ? algebra.plus(*r) : algebra.star(*r, base_.events));
    }
    default: return owned({});
  }
}

Evaluator::Ref Evaluator::named(const std::string& name, Wanted wanted) {
  if (const auto bound = bound_.find(name); bound != bound_.end()) return bound->second;
  if (const auto base = base_.relations.find(name); base != base_.relations.end()) {
    return {Ref{}, &base->second};  // not ours
  }
  if (const auto known = relations_.find({name, wanted}); known != relations_.end()) {
    return known->second;
  }
  Ref out = owned({});
  if (name == "fr") {
    Algebra& algebra = wanted == Wanted::large ? exact_ : upper_;
    out = owned(
        algebra.sequence(algebra.inverse(base_.relations.at("rf")), base_.relations.at("co")));
  } else if (const auto found = definitions_.find(name); found != definitions_.end()) {
    const Definition& d = *found->second;
    out = d.recursive ? owned(recursive(d, wanted)) : relation(d.body, wanted);
  }
  return relations_[{name, wanted}] = std::move(out);
}

Relation Evaluator::recursive(const Definition& d, Wanted wanted) {
  Ref& now = bound_[d.name];
  now = owned({});
  if (clauses_.dry()) {
    for (std::size_t before = 0;; before = now->size()) {
      Ref grown = relation(d.body, wanted);
      now = std::move(grown);
      if (now->size() == before) break;
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
    const Ref may = possible_->named(d.name, wanted);
    std::vector<Edge> edges{may->begin(), may->end()};
    for (Edge& e : edges) e.lit = clauses_.fresh();
    now = owned(Relation{std::move(edges)});
    const Ref body = relation(d.body, wanted);
    for (const Edge& e : *body) clauses_.add({-e.lit, now->at(e.from, e.to)});
  }
  Relation out = *now;
  bound_.erase(d.name);
  return out;
}

std::vector<int> Evaluator::check(const Axiom& axiom) {
  const Ref ref = relation(axiom.body, axiom.flag ? Wanted::large : Wanted::small);
  switch (axiom.check) {
    case Axiom::Check::acyclic: return forbid_cycles(*ref, clauses_);
    case Axiom::Check::irreflexive: return forbid_loops(*ref, clauses_);
    case Axiom::Check::empty: return forbid_pairs(*ref, clauses_);
  }
  return {};
}

}  // namespace lockstep::orders
