// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/protocol.hpp"

// Where nobody can step any more: the end, if all tasks are where they may stay; else a deadlock.
namespace lockstep {
namespace {

/// What the search finds when the tasks never leave these points.
std::string found_if_stuck_at(const std::vector<std::string>& points) {
  const auto model = Protocol::find("vma_refcnt").model(Size::parse("1x1x1"), "holds");
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

TEST_CASE("when all mms are gone nobody can step, and that is the end") {
  CHECK(found_if_stuck_at({}).empty());
}
TEST_CASE("readers that take no faults leave nothing undone") {
  CHECK(found_if_stuck_at({"Reader_Idle"}).empty());
}
TEST_CASE("a writer that never ends its section is a deadlock") {
  CHECK(found_if_stuck_at({"Reader_Idle", "Writer_Section"}) == "Deadlock");
}

}  // namespace lockstep
