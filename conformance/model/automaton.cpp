// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "model/automaton.hpp"

namespace lockstep {

Node::Node() = default;
Node::Node(const Node&) = default;
Node::Node(Node&&) noexcept = default;
Node::~Node() = default;
Node& Node::operator=(const Node&) = default;
Node& Node::operator=(Node&&) noexcept = default;

std::string cell_text(const CellTerm& cell, const Symbols& symbols) {
  if (cell.object == nullptr) return "";
  std::string out = cell.field + "[" + term::text(cell.object, symbols) + "]";
  if (cell.index != nullptr) out += "[" + term::text(cell.index, symbols) + "]";
  return out;
}

std::string circle(const Automaton& automaton) {
  for (std::uint32_t start = 0; start < automaton.nodes.size(); ++start) {
    std::vector<std::uint32_t> pending{start};
    std::vector<bool> seen(automaton.nodes.size());
    while (!pending.empty()) {
      const std::uint32_t from = pending.back();
      pending.pop_back();
      if (automaton.nodes[from].type == Node::Type::site) continue;
      for (const AutomatonEdge& edge : automaton.edges) {
        if (edge.from != from || seen[edge.to]) continue;
        if (edge.to == start) return automaton.nodes[start].name;
        seen[edge.to] = true;
        pending.push_back(edge.to);
      }
    }
  }
  return "";
}

Term with_values(const Term& term, const Automaton& automaton) {
  return term::substitute(term, [&](const TermNode& variable) -> Term {
    const auto known = automaton.parameters.find(variable.name);
    return known == automaton.parameters.end() ? nullptr : term::constant(known->second);
  });
}

Automaton with_values(Automaton automaton) {
  const auto put = [&](Term& in) {
    if (in != nullptr) in = with_values(in, automaton);
  };
  const auto put_cell = [&](CellTerm& cell) { put(cell.object), put(cell.index); };
  for (Node& node : automaton.nodes) {
    put_cell(node.cell);
    for (Term* t : {&node.guard, &node.new_value, &node.writes_if}) put(*t);
    for (GroupWrite& write : node.group) put_cell(write.cell), put(write.value);
    for (Peek& also : node.also) put_cell(also.cell);
  }
  for (AutomatonEdge& edge : automaton.edges) {
    for (Peek& peek : edge.peeks) put_cell(peek.cell), put(peek.when);
    put(edge.condition);
    for (AutomatonEdge::Update& update : edge.updates) put(update.value);
  }
  automaton.parameters.clear();
  return automaton;
}

}  // namespace lockstep
