// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/dot.hpp"

#include <catch2/catch.hpp>

#include "model/verdict.hpp"

using namespace lockstep;
using namespace lockstep::tlc;

namespace {

const std::string graph_text = R"(strict digraph DiskGraph {
nodesep=0.35;
subgraph cluster_graph {
color="white";
-5 [label="/\\ n = 0\n/\\ pc = \"idle\"",style = filled]
-5 -> 77 [label="Go_r1",color="black",fontcolor="black"];
77 [label="/\\ n = 1\n/\\ pc = \"in\"",tooltip="/\\ n = 1\n/\\ pc = \"in\""];
-5 -> 77 [label="Go_r1",color="black",fontcolor="black"];
-5 -> -5 [label="Stay_r1_2",color="black",fontcolor="black"];
77 -> -5 [label="Go_r1",color="black",fontcolor="black"];
{rank = same; -5;}
{rank = same; 77;}
}
})";

struct Model {
  Layout layout;
  StepTable table;
  Model() {
    layout.add({"n", {}, Sort::integer, {}});
    layout.add({"pc", {}, Sort::string, {}});
    const Atom task = layout.symbols.intern("r1");
    table.add("Go_r1", {layout.symbols.intern("Go"), task, 0, {}});
    table.add("Stay_r1_2", {layout.symbols.intern("Stay"), task, 1, {2}});
  }
  LabelledGraph read(const std::string& text) {
    return read_dot_text(text, "graph.dot", layout, table);
  }
  std::string complaint(const std::string& text) {
    try {
      read(text);
    } catch (const InputError& error) {
      return error.what();
    }
    return "accepted";
  }
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  REQUIRE(text.find(from) != std::string::npos);
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a state graph of TLC is read: states, initial states, steps, each edge once") {
  Model model;
  const LabelledGraph graph = model.read(graph_text);
  REQUIRE(graph.nodes() == 2);
  CHECK(graph.initial == std::vector<std::uint32_t>{0});
  CHECK(graph.state(1)[0] == 1);
  CHECK(model.layout.symbols.text(graph.state(1)[1]) == "in");
  REQUIRE(graph.edges.size() == 3);
  REQUIRE(graph.out(0).size() == 2);
  CHECK(graph.labels[graph.out(0)[0].label].text(model.layout.symbols) == "Go(r1)");
  CHECK(graph.out(0)[0].target == 1);
  CHECK(graph.labels[graph.out(0)[1].label].text(model.layout.symbols) == "Stay(r1, 2)");
  CHECK(graph.out(0)[1].target == 0);
  REQUIRE(graph.out(1).size() == 1);
}

TEST_CASE("a graph cut short anywhere is refused") {
  REQUIRE(Model{}.complaint(graph_text) == "accepted");
  REQUIRE(Model{}.complaint(graph_text + "\n") == "accepted");
  for (std::size_t size = 0; size < graph_text.size(); ++size) {
    INFO(graph_text.substr(0, size));
    CHECK(Model{}.complaint(graph_text.substr(0, size)) != "accepted");
  }
}

TEST_CASE("a graph with any byte broken is refused or still a graph, never a crash") {
  for (std::size_t at = 0; at < graph_text.size(); ++at) {
    for (const char c : {'\0', '"', '\\', '\n', '9'}) {
      std::string text = graph_text;
      text[at] = c;
      Model{}.complaint(text);
    }
  }
}

TEST_CASE("what is wrong in a graph is named with its line") {
  const auto after = [](const std::string& from, const std::string& to) {
    return Model{}.complaint(replaced(graph_text, from, to));
  };
  CHECK(after("\"Go_r1\"", "\"Gone\"") ==
        "graph.dot:6:18: the action 'Gone' is not one of the run");
  CHECK_THAT(after("n = 1", "n = v"), Catch::Contains("graph.dot:7:") &&
                                          Catch::Contains("n is the name v; expected an integer"));
  CHECK_THAT(after("77 -> -5", "77 -> 78"), Catch::Contains("not complete"));
  CHECK_THAT(after(",style = filled]", "];"), Catch::Contains("no initial state"));
  CHECK_THAT(after("\n77 [label", "\n-5 [label"),
             Catch::Contains("graph.dot:7:") && Catch::Contains("printed twice"));
  CHECK_THAT(after("77 -> -5", "-> -5"), Catch::Contains("graph.dot:10:1: expected a fingerprint"));
  CHECK_THAT(after("strict digraph", "digraph"), Catch::Contains("graph.dot:1:1: not a line"));
  CHECK_THAT(Model{}.complaint(graph_text + "\nmore"), Catch::Contains("after the end"));
  CHECK_THAT(Model{}.complaint(""), Catch::Contains("the file ends before the graph does"));
  Model model;
  CHECK_THROWS_AS(read_dot("/nonexistent/graph.dot", model.layout, model.table), InputError);
}
