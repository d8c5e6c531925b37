// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <stdexcept>

#include "edges.hpp"
#include "mutants.hpp"

namespace lockstep::testing {

namespace {

/// The way through a node whose access does not happen. Nothing was read: a condition on the result
/// is taken to hold, a local that would receive it keeps its value.
AutomatonEdge through(const AutomatonEdge& into, const AutomatonEdge& out) {
  AutomatonEdge way = into;
  way.to = out.to;
  if (!into.peeks.empty() && !out.peeks.empty()) {
    throw std::logic_error("peeks before and after one site");
  }
  if (way.peeks.empty()) way.peeks = out.peeks;
  for (Peek& peek : way.peeks) peek.when = nullptr;  // it may ask for what was not read
  way.choices.insert(way.choices.end(), out.choices.begin(), out.choices.end());
  const Names asked = names_in(out.condition);
  // Only what a step assumes of its choices is asked; else the branch is the mutant's to take.
  if (std::ranges::any_of(asked, is_of_step) && !mentions_result(out.condition)) {
    const Term also_asked = before(out.condition, into.updates);
    way.condition = way.condition == nullptr ? also_asked : term::both(way.condition, also_asked);
  }
  way.updates = in_sequence(into.updates, with_result(out.updates, false));
  return way;
}

/// Leaves a node out: every edge into it goes on along `out`.
void bypass(Automaton& automaton, std::uint32_t node, const AutomatonEdge& out) {
  for (const std::size_t e : edges_into(automaton, node)) {
    automaton.edges[e] = through(automaton.edges[e], out);
  }
  std::erase_if(automaton.edges, [node](const AutomatonEdge& edge) { return edge.from == node; });
  remove_node(automaton, node);
}

}  // namespace

std::vector<Automaton> without_fences(const std::vector<Automaton>& automata) {
  std::vector<Automaton> all = automata;
  for (Automaton& automaton : all) {
    for (auto n = static_cast<std::uint32_t>(automaton.nodes.size()); n-- > 0;) {
      if (automaton.nodes[n].type != Node::Type::fence) continue;
      const auto out = edges_from(automaton, n);
      if (out.size() != 1) throw std::logic_error("a fence that branches");
      bypass(automaton, n, AutomatonEdge(automaton.edges[out.front()]));
    }
  }
  return all;
}

std::vector<Mutant> skipped_sites(const std::vector<Automaton>& automata) {
  std::vector<Mutant> mutants;
  for (std::size_t role = 0; role < automata.size(); ++role) {
    const Automaton& automaton = automata[role];
    for (std::uint32_t n = 0; n < automaton.nodes.size(); ++n) {
      if (automaton.nodes[n].type != Node::Type::site) continue;
      for (const std::size_t e : edges_from(automaton, n)) {
        const AutomatonEdge out = automaton.edges[e];
        const auto same = std::ranges::count_if(edges_from(automaton, n), [&](std::size_t other) {
          return other < e && automaton.edges[other].to == out.to;
        });
        Mutant mutant{"skip " + automaton.nodes[n].name + " -> " + automaton.nodes[out.to].name,
                      automata};
        if (same > 0) mutant.name += " (way " + std::to_string(same + 1) + ")";
        bypass(mutant.automata[role], n, out);
        // A task that would go round without a step is refused before any machine runs it.
        if (!circle(mutant.automata[role]).empty()) continue;
        mutants.push_back(std::move(mutant));
      }
    }
  }
  return mutants;
}

}  // namespace lockstep::testing
