// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "variant_checks.hpp"

#include <catch2/catch.hpp>

#include "machines/automaton_system.hpp"
#include "machines/shake.hpp"

namespace lockstep {

namespace {

constexpr std::uint64_t max_states = 1'000'000;

std::unique_ptr<Model> model_named(std::string_view variant, std::string_view size) {
  return Protocol::find("vma_refcnt").model(Size::parse(size), variant);
}

/// Both machines, all monitors: what they find, which must be the same.
Found both_machines(const Model& model) {
  const auto fibers = model.stepped();
  AutomatonSystem automaton(model.world(), model.automata());
  const auto monitors = model.monitors();
  const auto step_monitors = model.step_monitors();
  const Found by_fibers = small_search(*fibers, monitors, step_monitors, max_states);
  const Found by_automaton = small_search(automaton, monitors, step_monitors, max_states);
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
  auto monitors = model->monitors();
  auto step_monitors = model->step_monitors();
  std::erase_if(monitors, [&](const Monitor& m) { return m.name != property; });
  std::erase_if(step_monitors, [&](const StepMonitor& m) { return m.name != property; });
  const auto fibers = model->stepped();
  const Found alone = small_search(*fibers, monitors, step_monitors, max_states);
  CHECK(alone.violated == std::set<std::string>{std::string{property}});
  CHECK(alone.steps == steps);
  // All monitors together find something no later.
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
