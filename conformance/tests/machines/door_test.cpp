// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include "explore/compare_systems.hpp"
#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/shake.hpp"
#include "tests/toys/door.hpp"
#include "tla/module.hpp"
#include "tla/spec_system.hpp"

// A second protocol, registered as any other: its world comes from its fields' types and its code.
namespace lockstep {
namespace {

std::unique_ptr<Model> door_of(std::string_view size, std::string_view variant = "holds") {
  return door::protocol().model(Size::parse(size), variant);
}

std::string compared(const Model& model) {
  const tla::Module module =
      tla::Module::read("Door", {LOCKSTEP_SOURCE_DIR "/conformance/tests/toys/spec/door"});
  tla::SpecSystem spec(model.world(),
                       {module,
                        model.constants(),
                        {"Enter", "Look", "Use", "Leave", "Close", "Drain", "Write", "Open"}});
  const auto code = model.stepped();
  const auto result = compare(spec, *code).result;
  if (!result.difference) return "equal";
  return model.world().layout().symbols.text(result.difference->step.site);
}

}  // namespace

TEST_CASE("a second protocol: its world is learned from its types and its code", "[machines]") {
  const auto model = door_of("2x2");
  const WorldSpec& spec = model->world().spec();
  REQUIRE(spec.roles.front().locals.size() == 1);
  CHECK(spec.roles.front().locals.front().name == "at");
  CHECK(spec.roles.front().locals.front().values == "Door");
  CHECK(spec.roles.back().locals.empty());
  CHECK_FALSE(spec.roles.front().rcu);
  CHECK(model->bounds() == "2 readers, 2 doors");
  CHECK(door_of("Readers=2")->bounds() == "2 readers");
  CHECK_THROWS_WITH(
      door_of("1", "none"),
      Catch::Contains("unknown to the code of door; expected one of: holds, no_look"));
}

TEST_CASE("a second protocol: code, automaton and text have one graph", "[machines]") {
  for (const char* variant : {"holds", "no_look"}) {
    for (const char* size : {"1", "2", "2x2"}) {
      CAPTURE(variant, size);
      const auto model = door_of(size, variant);
      const auto code = model->stepped();
      AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
      const SearchResult by_code = search(*code, {});
      const SearchResult by_automaton = search(automaton, {});
      CHECK_FALSE(by_code.violation);
      CHECK(by_code.states == by_automaton.states);
      CHECK(by_code.transitions == by_automaton.transitions);
      CHECK(shake(*code, automaton, {}).value_or("") == "");
      CHECK(compared(*model) == "equal");
    }
  }
  const auto holds = door_of("2"), broken = door_of("2", "no_look");
  CHECK(search(*holds->stepped(), {}).states != search(*broken->stepped(), {}).states);
}

}  // namespace lockstep
