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

/// Gives `use` a copy of the expression for each alternative that it has, without that one.
void without_each(const ExprPtr& e, const std::function<void(ExprPtr, const Expr&)>& use) {
  for (std::size_t i = 0; i < e->args.size(); ++i) {
    if (e->op == Op::unite) {
      Expr fewer = *e;
      fewer.args.erase(fewer.args.begin() + static_cast<std::ptrdiff_t>(i));
      const ExprPtr left =
          fewer.args.size() == 1 ? fewer.args.front() : std::make_shared<const Expr>(fewer);
      use(left, *e->args[i]);
    }
    without_each(e->args[i], [&](const ExprPtr& arg, const Expr& dropped) {
      Expr other = *e;
      other.args[i] = arg;
      use(std::make_shared<const Expr>(other), dropped);
    });
  }
}

}  // namespace

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
    Mutant m{"axiom " + model.axioms[a].name, model};
    m.model.axioms.erase(m.model.axioms.begin() + static_cast<std::ptrdiff_t>(a));
    out.push_back(std::move(m));
    without_each(model.axioms[a].body, [&](const ExprPtr& body, const Expr& dropped) {
      out.push_back({"axiom " + model.axioms[a].name + " without " + text(dropped), model});
      out.back().model.axioms[a].body = body;
    });
  }
  for (std::size_t d = 0; d < model.definitions.size(); ++d) {
    const Definition& def = model.definitions[d];
    const auto add = [&](const std::string& how, const ExprPtr& body) {
      out.push_back({def.name + " " + how, model});
      out.back().model.definitions[d].body = body;
    };
    add("empty", std::make_shared<const Expr>(Expr{Op::nothing, def.body->is_set, {}, {}}));
    without_each(def.body, [&](const ExprPtr& body, const Expr& dropped) {
      add("without " + text(dropped), body);
    });
  }
  return out;
}

}  // namespace lockstep::orders
