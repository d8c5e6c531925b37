// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/judge.hpp"

#include <algorithm>
#include <set>

namespace lockstep::orders {

namespace {

/// What a witness breaks under the declared orders, or else under SC: the shortest thing to say.
Breach objection(const Question& question, const Automata& automata, const MemoryModel& model,
                 const Symbols& symbols, const Overrides& overrides, const Execution& witness) {
  if (!overrides.empty()) {
    const Program declared = make_program(question, automata, symbols);
    if (declared.events.size() == witness.happened.size()) {
      if (Breach b = breach(declared, witness, model); !b.axiom.empty()) return b;
    }
  }
  return breach(make_program(question, automata, symbols, overrides), witness, builtin_model("sc"));
}

}  // namespace

Judgement judge(const Question& question, const Automata& automata, const MemoryModel& model,
                const Symbols& symbols, const Overrides& overrides, const Limits& limits) {
  Judgement j;
  j.question = question.name;
  j.model = model.name;
  j.overrides = overrides;
  j.visits = question.visits();
  const Program program = make_program(question, automata, symbols, overrides);
  const auto take = [&](Decision d) {
    j.outcome = d.outcome;
    j.reason = d.reason;
    j.events = d.events;
    j.seconds += d.seconds;
    if (!d.witness) return;
    const Breach against =
        j.interleaving ? Breach{}
                       : objection(question, automata, model, symbols, overrides, *d.witness);
    j.columns = columns(program, *d.witness, against, symbols);
  };
  Decision sc = decide(program, builtin_model("sc"), limits);
  j.interleaving = sc.outcome == Outcome::reachable;
  if (j.interleaving || model.name == "sc") {
    take(std::move(sc));
  } else {
    j.seconds = sc.seconds;
    take(decide(program, model, limits));
  }
  if (const auto e = question.expected.find(model.name); e != question.expected.end()) {
    j.expected = e->second;
    if (j.outcome != Outcome::unknown) {
      const bool reached = j.outcome == Outcome::reachable;
      j.verdict = reached == *j.expected ? Verdict::pass : Verdict::fail;
    }
  }
  return j;
}

std::vector<Declared> declared_orders(const std::vector<Question>& questions,
                                      const Automata& automata) {
  std::vector<Declared> out;
  std::set<std::string> roles, seen;
  for (const Question& q : questions)
    for (const TaskSpec& t : q.tasks) roles.insert(t.role);
  const auto add = [&](const std::string& site, Kind kind, Order order) {
    if (!one_notch_weaker(kind, order).empty() && seen.insert(site).second) {
      out.push_back({site, kind, order});
    }
  };
  for (const std::string& role : roles) {
    const auto found = automata.find(role);
    if (found == automata.end()) continue;
    for (const Node& n : found->second.nodes) {
      if (n.type == Node::Type::point) continue;
      if (n.kind != Kind::group) add(n.name, n.kind == Kind::lock ? Kind::rmw : n.kind, n.order);
      for (const GroupWrite& w : n.group) add(n.name + "." + w.cell.field, Kind::store, n.order);
    }
  }
  return out;
}

std::vector<Weakening> needed_orders(const std::vector<Question>& questions,
                                     const Automata& automata, const MemoryModel& model,
                                     const Symbols& symbols, const Limits& limits) {
  std::vector<const Question*> safe;
  for (const Question& q : questions) {
    const auto e = q.expected.find(model.name);
    if (e != q.expected.end() && e->second) continue;  // reachable on purpose
    if (judge(q, automata, model, symbols, {}, limits).outcome == Outcome::never)
      safe.push_back(&q);
  }
  std::vector<Weakening> out;
  for (const Declared& d : declared_orders(questions, automata)) {
    for (const Order weaker : one_notch_weaker(d.kind, d.order)) {
      Weakening w{d.site, d.order, weaker, safe.empty() ? Outcome::unknown : Outcome::never,
                  {},     {},      {}};
      if (safe.empty()) w.reason = "no question is never";
      bool met = safe.empty();
      for (const Question* q : safe) {
        const Program p = make_program(*q, automata, symbols);
        if (std::ranges::find(p.events, d.site, &Event::site) == p.events.end()) continue;
        met = true;
        Judgement j = judge(*q, automata, model, symbols, {{d.site, weaker}}, limits);
        if (j.outcome == Outcome::never) continue;
        w.outcome = j.outcome;
        w.question = q->name;
        w.reason = j.reason;
        w.columns = std::move(j.columns);
        if (j.outcome == Outcome::reachable) break;
      }
      if (!met) {
        w.outcome = Outcome::unknown;
        w.reason = "no question comes to this site";
      }
      out.push_back(std::move(w));
    }
  }
  return out;
}

nlohmann::json to_json(const Judgement& j) {
  nlohmann::json out{{"name", j.question},
                     {"model", j.model},
                     {"visits", j.visits},
                     {"events", j.events},
                     {"seconds", j.seconds}};
  out["reachable"] = nullptr;
  if (j.outcome != Outcome::unknown) out["reachable"] = j.outcome == Outcome::reachable;
  out["expected"] = nullptr;
  if (j.expected) out["expected"] = *j.expected;
  out["verdict"] = name_of(j.verdict);
  if (j.outcome == Outcome::unknown) out["reason"] = j.reason;
  if (j.interleaving) out["interleaving"] = true;
  if (j.columns) out["columns"] = to_json(*j.columns);
  return out;
}

nlohmann::json to_json(const Weakening& w, const std::string& model) {
  return {{"site", w.site},
          {"weakened_to", lockstep::name_of(w.weakened_to)},
          {"model", model},
          {"columns", w.columns ? to_json(*w.columns) : nlohmann::json{}}};
}

}  // namespace lockstep::orders
