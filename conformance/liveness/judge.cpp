// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "liveness/judge.hpp"

#include "model/stopwatch.hpp"

namespace lockstep::liveness {
namespace {

/// The first condition of states that the clause speaks of, where there is one.
std::optional<std::size_t> shown_by(const Clause& clause) {
  if (clause.stays) return clause.stays;
  if (clause.from) return clause.from;
  if (!clause.again.empty()) return clause.again.back();
  if (!clause.always.empty()) return clause.always.back();
  return std::nullopt;
}

}  // namespace

Result judge(System& system, const Source& source,
             const std::function<void(std::uint64_t)>& on_progress) {
  const Stopwatch watch;
  Asked asked{system.world(), source};
  const Graph graph = build(system, asked, on_progress);
  Result out;
  out.states = graph.nodes();
  out.transitions = graph.target.size();
  out.graph_seconds = watch.seconds();
  for (const Clause& clause : asked.clauses()) {
    if (!out.violated.empty() && out.violated.back() == clause.property) continue;
    const std::optional<Lasso> lasso = find_lasso(graph, asked.fair(), clause);
    if (!lasso) continue;
    out.violated.push_back(clause.property);
    if (out.violation) continue;
    Violation& violation = out.violation.emplace();
    violation.property = clause.property;
    violation.place = clause.place;
    violation.bound = clause.bound;
    violation.behaviour = follow(system, asked, graph, *lasso);
    if (const auto shown = shown_by(clause)) {
      violation.slots = asked.slots_read(*shown, violation.behaviour.states.back());
    }
  }
  out.seconds = watch.seconds();
  return out;
}

}  // namespace lockstep::liveness
