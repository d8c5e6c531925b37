// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/dot.hpp"

#include <catch2/catch.hpp>

#include "model/verdict.hpp"
#include "tests/approved.hpp"
#include "tests/report/small_model.hpp"

namespace lockstep::testing {
namespace {

TEST_CASE("dot: a site automaton") {
  Symbols symbols;
  const Term found = term::variable("found");
  const Term value = term::variable("@");
  Automaton automaton;
  automaton.role = "reader";
  automaton.locals = {"found"};
  Node idle;
  idle.name = "Idle";
  idle.type = Node::Type::point;
  Node increment;
  increment.name = "Enter";
  increment.kind = Kind::rmw;
  increment.order = Order::acquire;
  increment.cell = {"Box", "nr_inside", found, nullptr};
  increment.new_value = term::add(value, term::constant(1));
  automaton.nodes = {idle, increment};
  AutomatonEdge begin;
  begin.to = 1;
  Choice choice;
  choice.name = "arg0";
  choice.domain = {symbols.intern("b1"), symbols.intern("b2")};
  begin.choices = {choice};
  begin.updates = {{"found", term::variable("arg0")}};
  AutomatonEdge fail;
  fail.from = 1;
  fail.condition = term::eq(value, term::constant(0));
  automaton.edges = {begin, fail};
  const std::string text = report::dot({automaton}, "small", symbols);
  CHECK(text == approved("report/approved/reader.dot", text));
  // Two roles are one graph: what draws a stream of several draws the first alone.
  Automaton writer = automaton;
  writer.role = "writer";
  const std::string both = report::dot({automaton, writer}, "small", symbols);
  CHECK(both.find("digraph") == both.rfind("digraph"));
  CHECK_THAT(both, Catch::Contains("label=\"reader\"") && Catch::Contains("label=\"writer\"") &&
                       Catch::Contains("a1_n0 -> a1_n1"));
}

TEST_CASE("dot: a small state graph, and none that nobody could look at") {
  SmallModel model;
  model.step("r1", "Enter", {}, {{"nr_inside[b1]", 2}});
  LabelledGraph graph;
  graph.width = model.layout.size();
  for (const State& state : model.states) {
    graph.states.insert(graph.states.end(), state.begin(), state.end());
  }
  graph.initial = {0};
  graph.labels = model.steps;
  graph.first_edge = {0, 1, 1};
  graph.edges = {{0, 1}};
  const std::string text = report::dot(graph, model.layout);
  CHECK(text == approved("report/approved/states.dot", text));
  CHECK_THROWS_AS(report::dot(graph, model.layout, 1), Undecided);
}

}  // namespace
}  // namespace lockstep::testing
