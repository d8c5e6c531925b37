// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>

#include "tlc/dot.hpp"

using namespace lockstep;
using namespace lockstep::tlc;

namespace {

constexpr std::size_t objects = 8;

Layout wide_layout() {
  Layout layout;
  for (const char* variable : {"pc", "mm", "seq", "flag"}) {
    const char first = variable[0];
    const Sort sort = first == 'p'   ? Sort::string
                      : first == 'm' ? Sort::name
                      : first == 's' ? Sort::integer
                                     : Sort::boolean;
    for (std::size_t i = 0; i < objects; ++i) {
      layout.add({variable, {"o" + std::to_string(i)}, sort, {}});
    }
  }
  return layout;
}

std::string state_label(std::size_t number) {
  std::string out;
  for (const char* variable : {"pc", "mm", "seq", "flag"}) {
    out += std::string{out.empty() ? "" : "\\n"} + "/\\\\ " + variable + " = (";
    for (std::size_t i = 0; i < objects; ++i) {
      const std::size_t digit = (number >> i) % 3;
      const std::string name = std::to_string(digit);
      const std::string value = variable[0] == 'p'   ? "\\\"Site_" + name + "\\\""
                                : variable[0] == 'm' ? "m" + name
                                : variable[0] == 's' ? std::to_string(number % 1000)
                                : digit == 0         ? "TRUE"
                                                     : "FALSE";
      out += (i == 0 ? "o" : " @@ o") + std::to_string(i) + " :> " + value;
    }
    out += ")";
  }
  return out;
}

}  // namespace

TEST_CASE("how fast a large state graph is read", "[alone]") {
  constexpr std::size_t nodes = 60'000;
  std::string text = "strict digraph DiskGraph {\nsubgraph cluster_graph {\n";
  for (std::size_t i = 0; i < nodes; ++i) {
    const std::string name = std::to_string(i * 1'000'000'007);
    text += name + " [label=\"" + state_label(i) + (i == 0 ? "\",style = filled]\n" : "\"];\n");
    for (const std::size_t target : {i / 2, i / 3}) {
      text += name + " -> " + std::to_string(target * 1'000'000'007) + " [label=\"Go_o" +
              std::to_string(target % objects) + "\",color=\"black\",fontcolor=\"black\"];\n";
    }
  }
  text += "}\n}";
  Layout layout = wide_layout();
  StepTable table;
  for (std::size_t i = 0; i < objects; ++i) {
    const std::string object = "o" + std::to_string(i);
    table.add("Go_" + object, {layout.symbols.intern("Go"), layout.symbols.intern(object), 0, {}});
  }
  const auto start = std::chrono::steady_clock::now();
  const LabelledGraph graph = read_dot_text(text, "graph.dot", layout, table);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  std::printf("%zu states, %zu edges, %.1f MB: %.0f MB/s\n", graph.nodes(), graph.edges.size(),
              megabytes, megabytes / seconds.count());
  CHECK(graph.nodes() == nodes);
  // Of the first states three name the same target twice.
  CHECK(graph.edges.size() == 2 * nodes - 3);
}
