// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "tests/toys/door.hpp"

// Where nobody can step any more: the end, if all tasks are where they may stay; else a deadlock.
namespace lockstep {
namespace {

/// What the search finds when the tasks never leave these points.
std::string found_if_stuck_at(const std::vector<std::string>& points) {
  const auto model = door::protocol().model(Size::parse("1"), "holds");
  std::vector<Automaton> automata = model->automata();
  for (Automaton& automaton : automata) {
    std::erase_if(automaton.edges, [&](const AutomatonEdge& edge) {
      return std::ranges::find(points, automaton.nodes[edge.from].name) != points.end();
    });
  }
  AutomatonSystem system(model->world(), automata);
  const auto violation = search(system, {}).violation;
  return violation ? violation->property : "";
}

}  // namespace

TEST_CASE("a machine that goes on has no end") {
  CHECK(found_if_stuck_at({}).empty());
}
TEST_CASE("tasks that stay where they may stay leave nothing undone") {
  CHECK(found_if_stuck_at({"Reader_Idle", "Owner_Idle"}).empty());
}
TEST_CASE("an owner that never closes the door that it wanted to close is a deadlock") {
  CHECK(found_if_stuck_at({"Reader_Idle", "Close"}) == "Deadlock");
}

}  // namespace lockstep
