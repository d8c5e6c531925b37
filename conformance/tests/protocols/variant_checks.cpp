// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "variant_checks.hpp"

#include <catch2/catch.hpp>

#include "machines/automaton_system.hpp"
#include "machines/shake.hpp"
#include "tests/vma_properties.hpp"

namespace lockstep {

namespace {

constexpr std::uint64_t max_states = 1'000'000;

std::unique_ptr<Model> model_named(std::string_view variant, std::string_view size) {
  return Protocol::find("vma_refcnt").model(Size::parse(size), variant);
}

/// Both machines, all properties: what they find, which must be the same.
Found both_machines(const Model& model) {
  const auto fibers = model.stepped();
  AutomatonSystem automaton(model.world(), model.automata());
  testing::VmaProperties of_fibers(model, fibers->world()), of_automaton(model, automaton.world());
  const Found by_fibers = small_search(*fibers, &of_fibers.all, max_states);
  const Found by_automaton = small_search(automaton, &of_automaton.all, max_states);
  CHECK(by_fibers.states == by_automaton.states);
  CHECK(by_fibers.transitions == by_automaton.transitions);
  CHECK(by_fibers.violated == by_automaton.violated);
  return by_fibers;
}

}  // namespace

void check_breaks(std::string_view variant, std::string_view property, std::uint32_t steps,
                  std::string_view size) {
  CAPTURE(variant, size);
  const auto model = model_named(variant, size);
  const auto fibers = model->stepped();
  testing::VmaProperties properties(*model, fibers->world(), std::vector{std::string{property}});
  const Found alone = small_search(*fibers, &properties.all, max_states);
  CHECK(alone.violated == std::set<std::string>{std::string{property}});
  CHECK(alone.steps == steps);
  // All of them together find something no later.
  const Found together = both_machines(*model);
  CHECK_FALSE(together.violated.empty());
  CHECK(together.steps <= steps);
}

void check_holds(std::string_view variant, std::uint64_t states, std::string_view size) {
  CAPTURE(variant, size);
  const Found found = both_machines(*model_named(variant, size));
  CHECK(found.violated.empty());
  CHECK(found.states == states);
}

void check_shaken(std::string_view variant, std::string_view size) {
  CAPTURE(variant, size);
  const auto model = model_named(variant, size);
  const auto fibers = model->stepped();
  AutomatonSystem automaton(model->world(), model->automata());
  CHECK(shake(*fibers, automaton, {}).value_or("") == "");
}

}  // namespace lockstep
