// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/rc11/looser.hpp"

#include <functional>

namespace lockstep::orders {

namespace {

using Op = Expr::Op;
using Use = std::function<void(ExprPtr, const std::string&)>;

ExprPtr without(const ExprPtr& e, std::size_t i) {
  Expr fewer = *e;
  fewer.args.erase(fewer.args.begin() + static_cast<std::ptrdiff_t>(i));
  return fewer.args.size() == 1 ? fewer.args.front() : std::make_shared<const Expr>(fewer);
}

void loosen(const ExprPtr& e, const Use& use) {
  if (e->op == Op::optional || e->op == Op::star) {
    use(e->args[0], "without the end of " + text(*e));
  }
  for (std::size_t i = 0; i < e->args.size(); ++i) {
    const bool drops = e->op == Op::intersect || (e->op == Op::subtract && i > 0) ||
                       (e->op == Op::sequence && e->args[i]->op == Op::on_set);
    if (drops) use(without(e, i), "without " + text(*e->args[i]) + " in " + text(*e));
    loosen(e->args[i], [&](const ExprPtr& arg, const std::string& how) {
      Expr other = *e;
      other.args[i] = arg;
      use(std::make_shared<const Expr>(other), how);
    });
  }
}

}  // namespace

std::vector<Mutant> looser(const MemoryModel& model) {
  std::vector<Mutant> out;
  const auto from = [&](const std::string& name, const ExprPtr& body, const auto& place) {
    loosen(body, [&](const ExprPtr& looser_body, const std::string& how) {
      out.push_back({name + " " + how, model, nullptr});
      place(out.back().model) = looser_body;
    });
  };
  for (std::size_t d = 0; d < model.definitions.size(); ++d) {
    from(model.definitions[d].name, model.definitions[d].body,
         [d](MemoryModel& m) -> ExprPtr& { return m.definitions[d].body; });
  }
  for (std::size_t a = 0; a < model.axioms.size(); ++a) {
    from("axiom " + model.axioms[a].name, model.axioms[a].body,
         [a](MemoryModel& m) -> ExprPtr& { return m.axioms[a].body; });
  }
  return out;
}

}  // namespace lockstep::orders
