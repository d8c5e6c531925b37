// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "edges.hpp"

#include <algorithm>
#include <stdexcept>

namespace lockstep::testing {

void add_names(const Term& term, Names& out) {
  if (term == nullptr) return;
  if (term->op == Op::variable) out.insert(term->name);
  for (const Term& arg : term->args) add_names(arg, out);
}

Names names_in(const Term& term) {
  Names out;
  add_names(term, out);
  return out;
}

namespace {
void add_names(const CellTerm& cell, Names& out) {
  testing::add_names(cell.object, out);
  testing::add_names(cell.index, out);
}
}  // namespace

Names names_in(const Node& node) {
  Names out;
  add_names(node.cell, out);
  for (const Term& term : {node.guard, node.new_value, node.writes_if}) add_names(term, out);
  for (const GroupWrite& write : node.group) {
    add_names(write.cell, out);
    add_names(write.value, out);
  }
  for (const Peek& also : node.also) add_names(also.cell, out);
  return out;
}

bool is_result(const std::string& name) {
  return name == "@" || name.starts_with("also");
}
bool is_of_step(const std::string& name) {
  return name.starts_with("arg") || name.starts_with("peek");
}
bool mentions_result(const Term& term) {
  return std::ranges::any_of(names_in(term), is_result);
}

Names locals_set(const Updates& updates) {
  Names out;
  for (const auto& update : updates) out.insert(update.local);
  return out;
}

Updates with_result(const Updates& updates, bool wanted) {
  Updates out;
  for (const auto& update : updates) {
    if (mentions_result(update.value) == wanted) out.push_back(update);
  }
  return out;
}

Term before(const Term& term, const Updates& updates) {
  if (term == nullptr) return term;
  return term::substitute(term, [&](const TermNode& node) -> Term {
    for (const auto& update : updates) {
      if (update.local == node.name) return update.value;
    }
    return nullptr;
  });
}

Updates in_sequence(const Updates& first, const Updates& second) {
  Updates out;
  for (const auto& [local, value] : second) out.push_back({local, before(value, first)});
  const Names later = locals_set(second);
  for (const auto& update : first) {
    if (!later.contains(update.local)) out.push_back(update);
  }
  return out;
}

std::vector<std::size_t> edges_from(const Automaton& automaton, std::uint32_t node) {
  std::vector<std::size_t> out;
  for (std::size_t e = 0; e < automaton.edges.size(); ++e) {
    if (automaton.edges[e].from == node) out.push_back(e);
  }
  return out;
}

std::vector<std::size_t> edges_into(const Automaton& automaton, std::uint32_t node) {
  std::vector<std::size_t> out;
  for (std::size_t e = 0; e < automaton.edges.size(); ++e) {
    if (automaton.edges[e].to == node) out.push_back(e);
  }
  return out;
}

void remove_node(Automaton& automaton, std::uint32_t node) {
  const auto moved = [node](std::uint32_t& number) {
    if (number == node) throw std::logic_error("the node is still in use");
    if (number > node) --number;
  };
  automaton.nodes.erase(automaton.nodes.begin() + node);
  for (AutomatonEdge& edge : automaton.edges) {
    moved(edge.from);
    moved(edge.to);
  }
  moved(automaton.start);
}

}  // namespace lockstep::testing
