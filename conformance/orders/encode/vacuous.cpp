// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/vacuous.hpp"

namespace lockstep::orders {

const MemoryModel& weakest_model() {
  // Weaker than each model that comes with Lockstep, so what it never reaches none of them does.
  static const MemoryModel model = parse_model(
      "model weakest \"no order but that of each cell\"\n"
      "source \"what all models have in common\"\n"
      "axiom coherence: acyclic po_loc | rf | co | fr\n"
      "axiom atomic: empty rmw & ((fr & external) ; (co & external))\n"
      "axiom no_thin_air: acyclic (addr | data | ctrl) ; [W] | rf\n",
      "weakest.model");
  return model;
}

Missing never_there(const Program& program, const Limits& limits) {
  for (const Program::Mention& mention : program.mentions) {
    if (term::is_constant(mention.exists, 1)) continue;
    if (term::is_constant(mention.exists, 0)) return {mention.name, {}};
    Program there = program;
    there.forbidden = mention.exists;
    const Decision d = decide(there, builtin_model("sc"), limits);
    if (d.outcome == Outcome::never) return {mention.name, {}};
    if (d.outcome == Outcome::unknown) return {mention.name, d.reason};
  }
  return {};
}

Vacuity vacuity(const Program& program, int visits, const Limits& limits) {
  const Decision d = decide(program, weakest_model(), limits);
  if (d.outcome == Outcome::reachable) return {d.outcome, {}};
  if (d.outcome == Outcome::unknown) return {d.outcome, d.reason};
  const Missing missing = never_there(program, limits);
  std::string words = "cannot be reached with all orders taken away either: no order decides it";
  if (!missing.name.empty() && missing.reason.empty()) {
    words += "; no execution of the question comes to " + missing.name;
  }
  return {d.outcome, words + "; a task visits a site at most " + std::to_string(visits) + " times"};
}

Outcome comes_to(const Program& program, const std::string& site, const Limits& limits) {
  Program p = program;
  p.open.clear();
  p.forbidden = term::constant(0);
  for (Event& e : p.events) {
    if (e.thread != initial_thread && e.site == site) {
      p.forbidden = term::either(p.forbidden, e.guard);
    }
    e.open = -1;
  }
  if (term::is_constant(p.forbidden, 0)) return Outcome::never;
  return decide(p, builtin_model("sc"), limits).outcome;
}

}  // namespace lockstep::orders
