// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/execution.hpp"

#include "orders/encode/base.hpp"

namespace lockstep::orders {

Atom value_in(const Execution& x, const Term& t) {
  if (t == nullptr) return 0;
  return term::evaluate(t, [&x](const TermNode& v) {
    return v.value == 0 ? x.choices.at(v.name) : x.values.at(v.value - 1);
  });
}

Base base_of(const Program& program, const Execution& x) {
  Clauses dry;
  std::vector<Lit> happens;
  for (const bool h : x.happened) happens.push_back(h ? lit_true : lit_false);
  const auto same = [&](int a, int b) {
    const CellTerm &c = program.events[a].cell, &d = program.events[b].cell;
    return x.happened[a] && x.happened[b] && c.field == d.field &&
           value_in(x, c.object) == value_in(x, d.object) &&
           value_in(x, c.index) == value_in(x, d.index);
  };
  const auto lit = [](bool b) { return b ? lit_true : lit_false; };
  Facts facts{dry,
              happens,
              [&](const Term& t) { return lit(t == nullptr || value_in(x, t) != 0); },
              [&](int a, int b) { return lit(same(a, b)); },
              {}};
  for (const auto& site : x.open) facts.open[site] = lit_true;
  Base base = make_base(program, facts);
  std::vector<Edge> rf, co;
  for (const auto& [read, write] : x.reads_from) rf.push_back({write, read, lit_true});
  for (const auto& [first, second] : x.order) co.push_back({first, second, lit_true});
  base.relations["rf"] = Relation{std::move(rf)};
  base.relations["co"] = Relation{std::move(co)};
  return base;
}

Breach breach(const Program& program, const Execution& execution, const MemoryModel& model) {
  const Base base = base_of(program, execution);
  Clauses dry;
  Evaluator evaluator{model, base, dry};
  for (const Axiom& axiom : model.axioms) {
    if (axiom.flag) continue;
    std::vector<int> events = evaluator.check(axiom);
    if (events.empty()) continue;
    return {axiom.name, axiom.check, std::move(events), std::make_shared<MemoryModel>(model)};
  }
  return {};
}

}  // namespace lockstep::orders
