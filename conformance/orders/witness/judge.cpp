// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/witness/judge.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "orders/encode/vacuous.hpp"

namespace lockstep::orders {

namespace {

/// The witness, and what it breaks under the declared orders, or else under SC: the shortest thing
/// to say.
Columns columns_of(const Question& question, const Automata& automata, const MemoryModel& model,
                   const Symbols& symbols, const Program& program, const Overrides& overrides,
                   const Execution& witness) {
  Breach against;
  std::string under = "the declared orders";
  std::optional<Program> declared;
  if (!overrides.empty()) {
    declared = make_program(question, automata, symbols);
    if (declared->events.size() == witness.happened.size())
      against = breach(*declared, witness, model);
  }
  if (against.axiom.empty()) {
    against = breach(program, witness, builtin_model("sc"));
    under = "sc";
    declared.reset();
  }
  Columns out = columns(program, witness, against, symbols, declared ? &*declared : nullptr);
  out.under = under;
  return out;
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
    j.columns = j.interleaving ? columns(program, *d.witness, {}, symbols)
                               : columns_of(question, automata, model, symbols, program, overrides,
                                            *d.witness);
  };
  Decision sc = decide(program, builtin_model("sc"), limits);
  j.interleaving = sc.outcome == Outcome::reachable;
  if (j.interleaving || model.name == "sc") {
    take(std::move(sc));
  } else {
    j.seconds = sc.seconds;
    take(decide(program, model, limits));
  }
  if (j.outcome == Outcome::never) {
    const Vacuity vacuous = vacuity(program, j.visits, limits);
    j.vacuous = vacuous.end == Outcome::never;
    if (vacuous.end != Outcome::reachable) {
      j.outcome = Outcome::unknown;
      j.reason = vacuous.reason;
    } else if (const Missing missing = never_there(program, limits); !missing.name.empty()) {
      j.outcome = Outcome::unknown;
      j.reason = missing.reason.empty() ? "no execution of the question comes to " + missing.name
                                        : missing.reason;
    }
  }
  if (const auto e = question.expected.find(model.name); e != question.expected.end()) {
    j.expected = e->second;
    if (j.outcome != Outcome::unknown) {
      const bool reached = j.outcome == Outcome::reachable;
      j.verdict = reached == *j.expected ? Verdict::pass : Verdict::fail;
    }
  }
  if (j.vacuous) j.verdict = Verdict::fail;
  return j;
}

Races races_of(const Question& question, const Automata& automata, const MemoryModel& model,
               const Symbols& symbols, const Overrides& overrides) {
  Question asked = question;
  asked.orders.clear();
  return races(make_program(asked, automata, symbols, overrides), model);
}

std::vector<Declared> declared_orders(const Automata& automata) {
  std::vector<Declared> out;
  std::set<std::string> seen;
  const auto add = [&](const std::string& site, Kind kind, Order order) {
    if (kind == Kind::lock) kind = Kind::rmw;
    if (kind == Kind::unlock) kind = Kind::store;
    if (!one_notch_weaker(kind, order).empty() && seen.insert(site).second) {
      out.push_back({site, kind, order});
    }
  };
  for (const auto& [role, automaton] : automata) {
    for (const Node& n : automaton.nodes) {
      if (n.type == Node::Type::point) continue;
      if (n.kind != Kind::group) add(n.name, n.kind, n.order);
      for (const GroupWrite& w : n.group) add(n.name + "." + w.cell.field, Kind::store, n.order);
    }
  }
  return out;
}

namespace {

/// Where no question that is never comes to the site: the first that is reachable with the declared
/// orders already, and comes to it, tells nothing of what they are needed for.
std::string why_not_met(const std::string& site, const std::vector<const Question*>& reachable,
                        const Automata& automata, const Symbols& symbols, const Limits& limits) {
  for (const Question* q : reachable) {
    const Program p = make_program(*q, automata, symbols);
    const auto at = [&](const Event& e) { return e.thread != initial_thread && e.site == site; };
    if (std::ranges::none_of(p.events, at)) continue;
    if (comes_to(p, site, limits) != Outcome::reachable) continue;
    return "no question that is never comes to this site: " + q->name +
           " does, and is reachable with the declared orders already";
  }
  return no_question_comes;
}

}  // namespace

std::vector<Weakening> needed_orders(const std::vector<Question>& questions,
                                     const Automata& automata, const MemoryModel& model,
                                     const Symbols& symbols, const Limits& limits) {
  std::vector<const Question*> safe, reachable;
  for (const Question& q : questions) {
    const auto e = q.expected.find(model.name);
    const bool on_purpose = e != q.expected.end() && e->second;
    const Outcome outcome =
        on_purpose ? Outcome::reachable : judge(q, automata, model, symbols, {}, limits).outcome;
    if (outcome == Outcome::never) safe.push_back(&q);
    if (outcome == Outcome::reachable) reachable.push_back(&q);
  }
  std::vector<Weakening> out;
  for (const Declared& d : declared_orders(automata)) {
    for (const Order weaker : one_notch_weaker(d.kind, d.order)) {
      Weakening w{d.site, d.order, weaker, safe.empty() ? Outcome::unknown : Outcome::never,
                  {},     {},      {}};
      if (safe.empty()) w.reason = "no question is never";
      bool met = safe.empty(), unknown = false;
      for (const Question* q : safe) {
        // No order changes what SC reaches: that it is nothing is known.
        const Overrides overrides{{d.site, weaker}};
        const Program p = make_program(*q, automata, symbols, overrides);
        if (std::ranges::find(p.events, d.site, &Event::site) == p.events.end()) continue;
        const Decision decision = decide(p, model, limits);
        if (decision.outcome == Outcome::never) {
          if (met) continue;
          const Outcome comes = comes_to(p, d.site, limits);
          met = comes == Outcome::reachable;
          unknown = unknown || comes == Outcome::unknown;
          continue;
        }
        met = true;
        w.outcome = decision.outcome;
        w.question = q->name;
        w.reason = decision.reason;
        if (decision.outcome == Outcome::unknown) continue;
        w.columns = columns_of(*q, automata, model, symbols, p, overrides, *decision.witness);
        break;
      }
      if (!met) {
        w.outcome = Outcome::unknown;
        w.reason =
            unknown ? not_known_to_come : why_not_met(d.site, reachable, automata, symbols, limits);
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
