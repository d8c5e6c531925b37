// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>

#include "edges.hpp"
#include "mutants.hpp"

namespace lockstep::testing {

namespace {

/// Two sites, one after the other, in an automaton.
struct Pair {
  const Automaton& automaton;
  std::uint32_t a, b;
  AutomatonEdge between;
  std::vector<std::size_t> from_a, from_b;

  Pair(const Automaton& in, std::size_t edge)
      : automaton(in),
        a(in.edges[edge].from),
        b(in.edges[edge].to),
        between(in.edges[edge]),
        from_a(edges_from(in, a)),
        from_b(edges_from(in, b)) {}
  const Node& node_a() const { return automaton.nodes[a]; }
  const Node& node_b() const { return automaton.nodes[b]; }
  bool joins() const { return edges_into(automaton, b).size() > 1; }

  /// Why they cannot change places, or "".
  std::string obstacle() const;
};

bool meet(const Names& some, const Names& others) {
  return std::ranges::any_of(some, [&](const auto& name) { return others.contains(name); });
}

std::string Pair::obstacle() const {
  if (a == b) return "a loop";
  if (from_a.size() > 1 && joins()) return node_b().name + " is reached otherwise too";
  if (from_a.size() > 1 && from_b.size() > 1) return "both branch";
  for (const std::size_t e : from_b) {
    if (automaton.edges[e].to == a) return "a loop of the two";
  }
  Names first = names_in(node_a()), second = names_in(node_b());
  if (std::ranges::any_of(first, is_of_step)) return node_a().name + " has choices of its step";
  Names stored;
  for (const std::size_t e : from_b) {
    const AutomatonEdge& edge = automaton.edges[e];
    if (!edge.peeks.empty() || !edge.choices.empty()) return "choices follow";
    for (const auto& update : with_result(edge.updates, true)) {
      stored.insert(update.local);
      add_names(update.value, second);
    }
    if (from_b.size() > 1) add_names(edge.condition, second);
  }
  // B and what is kept of it come before the private work between the two.
  if (meet(second, locals_set(between.updates))) {
    return node_b().name + " uses what " + node_a().name + " leaves";
  }
  for (const std::size_t e : from_a) add_names(automaton.edges[e].condition, first);
  if (meet(first, stored)) return node_a().name + " would see what " + node_b().name + " leaves";
  return "";
}

/// Edges into A go to B instead; of B's results, what is named is kept on the way to A.
void reverse(Automaton& out, const Pair& pair, const AutomatonEdge& behind) {
  for (const std::size_t e : edges_into(pair.automaton, pair.a)) out.edges[e].to = pair.b;
  AutomatonEdge back;
  back.from = pair.b;
  back.to = pair.a;
  back.updates = with_result(behind.updates, true);
  back.condition = pair.from_b.size() > 1 ? behind.condition : nullptr;
  out.edges.push_back(std::move(back));
}

/// The way from A to where B went: all private work that does not need B's result.
AutomatonEdge onward(const Pair& pair, const AutomatonEdge& behind) {
  AutomatonEdge edge = pair.between;
  edge.to = behind.to;
  edge.updates = in_sequence(pair.between.updates, with_result(behind.updates, false));
  return edge;
}

/// A is straight, or B is done first on all of A's ways. Where A's branch does not depend on its
/// result, B is still done on its own way alone.
void hoist(Automaton& out, const Pair& pair, std::size_t edge_ab) {
  const Term& condition = pair.between.condition;
  const AutomatonEdge behind = pair.automaton.edges[pair.from_b.front()];
  const bool known = condition != nullptr && !mentions_result(condition);
  const auto into = edges_into(pair.automaton, pair.a);
  out.edges[edge_ab] = onward(pair, behind);
  std::vector<AutomatonEdge> straight;
  for (const std::size_t e : into) {
    if (!known) break;
    AutomatonEdge& taken = out.edges[e];
    const Term asked = before(condition, taken.updates);
    const auto with = [&](Term more) {
      return taken.condition == nullptr ? more : term::both(taken.condition, more);
    };
    AutomatonEdge& other = straight.emplace_back(taken);
    other.condition = with(term::negate(asked));
    taken.condition = with(asked);
  }
  reverse(out, pair, behind);
  std::ranges::move(straight, std::back_inserter(out.edges));
  std::erase_if(out.edges, [&](const AutomatonEdge& edge) {
    return edge.from == pair.b && edge.to != pair.a;
  });
}

/// B branches: A is done behind it, on the way `e` alone.
void sink(Automaton& out, const Pair& pair, std::size_t edge_ab, std::size_t e) {
  const AutomatonEdge behind = pair.automaton.edges[e];
  for (const std::size_t other : pair.from_b) {
    out.edges[other].updates =
        in_sequence(with_result(pair.between.updates, false), out.edges[other].updates);
  }
  out.edges[edge_ab] = onward(pair, behind);
  reverse(out, pair, behind);
  out.edges.erase(out.edges.begin() + static_cast<std::ptrdiff_t>(e));
}

void for_each_pair(const std::vector<Automaton>& automata, const auto& visit) {
  for (std::size_t role = 0; role < automata.size(); ++role) {
    const Automaton& automaton = automata[role];
    for (std::size_t e = 0; e < automaton.edges.size(); ++e) {
      const auto& edge = automaton.edges[e];
      if (automaton.nodes[edge.from].type != Node::Type::site) continue;
      if (automaton.nodes[edge.to].type != Node::Type::site) continue;
      visit(role, e, Pair(automaton, e));
    }
  }
}

}  // namespace

std::vector<Mutant> moved_sites(const std::vector<Automaton>& automata) {
  std::vector<Mutant> mutants;
  for_each_pair(automata, [&](std::size_t role, std::size_t edge, const Pair& pair) {
    if (!pair.obstacle().empty()) return;
    const std::string a = pair.node_a().name, b = pair.node_b().name;
    if (pair.from_b.size() == 1) {
      const std::string name = pair.joins()             ? "delay " + a + " past " + b
                               : pair.from_a.size() > 1 ? "hoist " + b + " above " + a
                                                        : "move " + a + " past " + b;
      Mutant mutant{name, automata};
      hoist(mutant.automata[role], pair, edge);
      mutants.push_back(std::move(mutant));
      return;
    }
    for (const std::size_t e : pair.from_b) {
      const std::string& to = pair.automaton.nodes[pair.automaton.edges[e].to].name;
      const std::string how = pair.joins() ? "delay " : "sink ";
      Mutant mutant{how + a + " past " + b + " -> " + to, automata};
      sink(mutant.automata[role], pair, edge, e);
      mutants.push_back(std::move(mutant));
    }
  });
  return mutants;
}

std::vector<std::string> unmoved_sites(const std::vector<Automaton>& automata) {
  std::vector<std::string> out;
  for_each_pair(automata, [&](std::size_t, std::size_t, const Pair& pair) {
    const std::string why = pair.obstacle();
    if (!why.empty()) out.push_back(pair.node_a().name + ", " + pair.node_b().name + ": " + why);
  });
  return out;
}

}  // namespace lockstep::testing
