// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/dot.hpp"

#include <fmt/format.h>

#include <vector>

#include "model/verdict.hpp"
#include "report/text.hpp"
#include "report/values.hpp"

namespace lockstep::report {
namespace {

/// A text as a label of DOT; line feeds become `\l`, lines aligned to the left.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? std::string("\\l") : std::string(1, c);
  }
  return out + (text.find('\n') == std::string::npos ? "\"" : "\\l\"");
}

std::string node_text(const Node& node, const Symbols& symbols) {
  std::vector<std::string> lines = {node.name};
  if (node.type != Node::Type::point) {
    std::string access = std::string(name_of(node.kind)) + " " + cell_text(node.cell, symbols);
    lines.push_back(access + (access.ends_with(' ') ? "" : " ") + std::string(name_of(node.order)));
  }
  if (node.guard) {
    lines.push_back((node.every ? "when every " : "when ") + term::text(node.guard, symbols));
  }
  if (node.new_value) lines.push_back("@ := " + term::text(node.new_value, symbols));
  for (const GroupWrite& write : node.group) {
    lines.push_back(cell_text(write.cell, symbols) + " := " + term::text(write.value, symbols));
  }
  if (!node.result.empty()) lines.push_back(node.result + " := @");
  return join(lines, "\n");
}

std::string edge_text(const AutomatonEdge& edge, const Symbols& symbols) {
  std::vector<std::string> lines;
  for (const Choice& choice : edge.choices) {
    std::vector<std::string> values;
    for (const Atom value : choice.domain) values.push_back(symbols.text(value));
    lines.push_back("choose " + choice.name + " in {" + join(values, ", ") + "}");
  }
  if (edge.condition) lines.push_back(term::text(edge.condition, symbols));
  for (const AutomatonEdge::Update& update : edge.updates) {
    lines.push_back(update.local + " := " + term::text(update.value, symbols));
  }
  return join(lines, "\n");
}

}  // namespace

std::string dot(const std::vector<Automaton>& automata, const std::string& title,
                const Symbols& symbols) {
  std::string out = fmt::format("digraph {} {{\n", quoted(title));
  out += "  node [shape=box, fontname=monospace];\n  edge [fontname=monospace];\n";
  for (std::size_t a = 0; a < automata.size(); ++a) {
    const Automaton& automaton = automata[a];
    out += fmt::format("  subgraph cluster_{} {{\n    label={};\n", a, quoted(automaton.role));
    for (std::size_t i = 0; i < automaton.nodes.size(); ++i) {
      out += fmt::format("    a{}_n{} [label={}{}];\n", a, i,
                         quoted(node_text(automaton.nodes[i], symbols)),
                         i == automaton.start ? ", peripheries=2" : "");
    }
    for (const AutomatonEdge& edge : automaton.edges) {
      out += fmt::format("    a{}_n{} -> a{}_n{} [label={}{}];\n", a, edge.from, a, edge.to,
                         quoted(edge_text(edge, symbols)),
                         edge.to == automaton.start ? ", style=dashed" : "");
    }
    out += "  }\n";
  }
  return out + "}\n";
}

std::string dot(const LabelledGraph& graph, const Layout& layout, std::size_t most) {
  if (graph.nodes() > most) {
    throw Undecided(fmt::format("a graph of {} states cannot be drawn; at most {}",
                                grouped(graph.nodes()), grouped(most)));
  }
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<std::size_t> parent(graph.nodes(), none);
  for (std::size_t node = 0; node < graph.nodes(); ++node) {
    for (const LabelledGraph::Edge& edge : graph.out(node)) {
      if (parent[edge.target] == none && edge.target != node) parent[edge.target] = node;
    }
  }
  for (const std::uint32_t node : graph.initial) parent[node] = none;
  std::string out = "digraph states {\n  node [shape=box, fontname=monospace];\n";
  out += "  edge [fontname=monospace];\n";
  for (std::size_t node = 0; node < graph.nodes(); ++node) {
    std::vector<std::string> lines;
    for (std::size_t slot = 0; slot < layout.size(); ++slot) {
      const Atom value = graph.state(node)[slot];
      if (parent[node] != none && graph.state(parent[node])[slot] == value) continue;
      lines.push_back(layout[slot].text() + " = " + value_text(layout, slot, value));
    }
    out += fmt::format("  s{} [label={}{}];\n", node, quoted(join(lines, "\n")),
                       parent[node] == none ? ", peripheries=2" : "");
  }
  for (std::size_t node = 0; node < graph.nodes(); ++node) {
    for (const LabelledGraph::Edge& edge : graph.out(node)) {
      out += fmt::format("  s{} -> s{} [label={}];\n", node, edge.target,
                         quoted(graph.labels[edge.label].text(layout.symbols)));
    }
  }
  return out + "}\n";
}

}  // namespace lockstep::report
