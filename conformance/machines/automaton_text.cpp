// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/automaton_text.hpp"

#include <algorithm>
#include <set>

namespace lockstep {

namespace {

/// "any Vma", or the objects one by one where these are not all of a kind.
std::string text(const std::vector<Atom>& domain, const World& world) {
  for (const auto& kind : world.spec().kinds) {
    std::vector<Atom> all;
    for (std::size_t i = 0; i < kind.objects.size(); ++i) {
      all.push_back(world.first_object(kind.name) + static_cast<Atom>(i));
    }
    if (domain == all) return "any " + kind.name;
  }
  std::string out;
  for (const Atom value : domain) {
    out += (out.empty() ? "{" : ", ") + world.layout().symbols.text(value);
  }
  return out + "}";
}

std::set<std::string> lines_of(const Automaton& automaton, const World& world) {
  const Symbols& symbols = world.layout().symbols;
  std::set<std::string> out{"the start is " + automaton.nodes[automaton.start].name};
  for (const std::string& local : automaton.locals) out.insert("local " + local);
  for (const auto& [name, value] : automaton.parameters) out.insert("parameter " + name);
  for (const Node& node : automaton.nodes) out.insert(node.name + ": " + text(node, symbols));
  for (const AutomatonEdge& edge : automaton.edges) {
    out.insert(automaton.nodes[edge.from].name + " -> " + text(edge, automaton, world));
  }
  return out;
}

}  // namespace

std::string text(const Node& node, const Symbols& symbols) {
  constexpr std::string_view types[] = {"site", "point", "fence"};
  std::string out = std::string{types[static_cast<int>(node.type)]} + " " +
                    std::string{name_of(node.kind)} + " " + std::string{name_of(node.order)} + " " +
                    node.cell.kind + " " + cell_text(node.cell, symbols) +
                    (node.spinlock ? " spinlock" : "") + (node.noreturn ? " noreturn" : "") +
                    (node.every ? " every" : "") + " when " + term::text(node.guard, symbols);
  if (node.new_value != nullptr) out += " := " + term::text(node.new_value, symbols);
  if (node.writes_if != nullptr) out += " if " + term::text(node.writes_if, symbols);
  for (const GroupWrite& write : node.group) {
    out += ", " + cell_text(write.cell, symbols) + " := " + term::text(write.value, symbols);
  }
  for (const Peek& also : node.also) out += ", also " + cell_text(also.cell, symbols);
  return out + (node.result.empty() ? "" : ", result " + node.result);
}

std::string text(const AutomatonEdge& edge, const Automaton& automaton, const World& world) {
  const Symbols& symbols = world.layout().symbols;
  std::string out = automaton.nodes[edge.to].name + " when " + term::text(edge.condition, symbols);
  for (const Choice& choice : edge.choices) {
    out += ", " + choice.name + " of " + text(choice.domain, world);
  }
  for (const Peek& peek : edge.peeks) {
    out += ", " + peek.name + " = " + cell_text(peek.cell, symbols);
    if (peek.when != nullptr) out += " when " + term::text(peek.when, symbols);
  }
  for (const auto& [local, value] : edge.updates) {
    out += ", " + local + " := " + term::text(value, symbols);
  }
  return out;
}

std::optional<std::string> difference(const Automaton& a, const World& world_of_a,
                                      const Automaton& b, const World& world_of_b) {
  const auto some = lines_of(a, world_of_a), others = lines_of(b, world_of_b);
  const auto missing = [](const auto& these, const auto& in) -> std::optional<std::string> {
    const auto lone = std::ranges::find_if(these, [&](const auto& s) { return !in.contains(s); });
    return lone == these.end() ? std::nullopt : std::optional{*lone};
  };
  if (const auto lone = missing(some, others)) return "only there: " + *lone;
  if (const auto lone = missing(others, some)) return "only here: " + *lone;
  return std::nullopt;
}

}  // namespace lockstep
