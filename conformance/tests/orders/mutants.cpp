// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/mutants.hpp"

#include <functional>

namespace lockstep::orders {

namespace {

using Op = Expr::Op;

std::string joined(const Expr& e, const std::string& by) {
  std::string out;
  for (const ExprPtr& a : e.args) {
    const bool plain = a->args.size() < 2;
    out += (out.empty() ? "" : by) + (plain ? text(*a) : "(" + text(*a) + ")");
  }
  return out;
}

/// Gives `use` a copy of the expression for each alternative that it has, and for each part that it
/// leaves out, without that one.
void without_each(const ExprPtr& e, const std::function<void(ExprPtr, ExprPtr)>& use) {
  for (std::size_t i = 0; i < e->args.size(); ++i) {
    if (e->op == Op::unite || (e->op == Op::subtract && i > 0)) {
      Expr fewer = *e;
      fewer.args.erase(fewer.args.begin() + static_cast<std::ptrdiff_t>(i));
      const ExprPtr left =
          fewer.args.size() == 1 ? fewer.args.front() : std::make_shared<const Expr>(fewer);
      use(left, e->args[i]);
    }
    without_each(e->args[i], [&](const ExprPtr& arg, const ExprPtr& dropped) {
      Expr other = *e;
      other.args[i] = arg;
      use(std::make_shared<const Expr>(other), dropped);
    });
  }
}

/// All that may happen, at once.
Base possible_base(const Program& p, Clauses& dry) {
  Facts facts{dry, std::vector<Lit>(p.events.size(), lit_true),
              [](const Term&) { return lit_true; },
              [&p](int a, int b) {
                const Term same = same_cell(p.events[a].cell, p.events[b].cell);
                return term::is_constant(same, 0) ? lit_false : lit_true;
              }};
  Base base = make_base(p, facts);
  std::vector<Edge> rf, co;
  for (const Event& e : p.events) {
    if (e.act == Act::read && e.in_rmw) {
      base.sets["failed"].set(e.id, lit_true);
      if (e.order_if_failed) {
        base.sets[std::string{lockstep::name_of(*e.order_if_failed)}].set(e.id, lit_true);
      }
    }
    for (const Event& other : p.events) {
      if (e.act != Act::write || e.id == other.id) continue;
      if (other.act == Act::read) rf.push_back({e.id, other.id, lit_true});
      if (other.act == Act::write) co.push_back({e.id, other.id, lit_true});
    }
  }
  base.relations["rf"] = Relation{std::move(rf)};
  base.relations["co"] = Relation{std::move(co)};
  return base;
}

}  // namespace

Possible::Possible(const Program& program, const MemoryModel& model)
    : base_{possible_base(program, dry_)}, evaluator_{model, base_, dry_, true} {}

bool Possible::may_hold(const ExprPtr& e) {
  return e->is_set ? !evaluator_.set(e).empty() : !evaluator_.relation(e)->empty();
}

std::string text(const Expr& e) {
  switch (e.op) {
    case Op::name: return e.name;
    case Op::nothing: return "0";
    case Op::unite: return joined(e, " | ");
    case Op::sequence: return joined(e, " ; ");
    case Op::intersect: return joined(e, " & ");
    case Op::subtract: return joined(e, " - ");
    case Op::cross: return joined(e, " >< ");
    case Op::inverse: return "(" + joined(e, "") + ")^-1";
    case Op::optional: return "(" + joined(e, "") + ")?";
    case Op::plus: return "(" + joined(e, "") + ")+";
    case Op::star: return "(" + joined(e, "") + ")*";
    case Op::on_set: return "[" + text(*e.args[0]) + "]";
  }
  return {};
}

std::vector<Mutant> mutants(const MemoryModel& model) {
  std::vector<Mutant> out;
  for (std::size_t a = 0; a < model.axioms.size(); ++a) {
    Mutant m{"axiom " + model.axioms[a].name, model, nullptr};
    m.model.axioms.erase(m.model.axioms.begin() + static_cast<std::ptrdiff_t>(a));
    out.push_back(std::move(m));
    without_each(model.axioms[a].body, [&](const ExprPtr& body, const ExprPtr& dropped) {
      out.push_back(
          {"axiom " + model.axioms[a].name + " without " + text(*dropped), model, dropped});
      out.back().model.axioms[a].body = body;
    });
  }
  for (std::size_t d = 0; d < model.definitions.size(); ++d) {
    const Definition& def = model.definitions[d];
    const auto add = [&](const std::string& how, const ExprPtr& body, const ExprPtr& dropped) {
      out.push_back({def.name + " " + how, model, dropped});
      out.back().model.definitions[d].body = body;
    };
    add("empty", std::make_shared<const Expr>(Expr{Op::nothing, def.body->is_set, {}, {}}),
        def.body);
    without_each(def.body, [&](const ExprPtr& body, const ExprPtr& dropped) {
      add("without " + text(*dropped), body, dropped);
    });
  }
  return out;
}

}  // namespace lockstep::orders
