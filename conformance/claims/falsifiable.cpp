// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/falsifiable.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "claims/live.hpp"
#include "explore/walk.hpp"

namespace lockstep {

namespace {

constexpr unsigned walks = 8, depth = 60, random_states = 20'000, seed = 1;

/// States along random walks, and what each cell could be: what its variable is in them, one more
/// and one less; and, for a name, whatever name there is.
struct Seen {
  std::vector<State> states;
  std::vector<std::vector<Atom>> values;  ///< by slot, each once

  explicit Seen(System& system) {
    std::mt19937_64 random(seed);
    std::map<std::string, std::set<Atom>> all;
    std::set<Atom> names;
    const Layout& layout = system.world().layout();
    for (unsigned i = 0; i < walks; ++i) {
      for (const State& state : random_walk(system, depth, random).states) {
        for (std::size_t slot = 0; slot < layout.size(); ++slot) {
          all[layout[slot].variable].insert(state[slot]);
          if (layout[slot].sort == Sort::name) names.insert(state[slot]);
        }
        states.push_back(state);
      }
    }
    for (const Slot& slot : layout.slots()) {
      for (const std::string& key : slot.keys) names.insert(layout.symbols.find(key));
    }
    for (const Slot& slot : layout.slots()) {
      std::set<Atom> could = all[slot.variable];
      if (slot.sort == Sort::integer) {
        could.insert({*std::ranges::min_element(could) - 1, *std::ranges::max_element(could) + 1});
      }
      if (slot.sort == Sort::name) could.insert(names.begin(), names.end());
      values.emplace_back(could.begin(), could.end());
    }
  }
};

bool fails(SpecProperties& property, const State* before, const State& state) {
  if (before == nullptr) {
    const auto broken = property.at(state.data());
    return broken && broken->cannot.empty();
  }
  const auto broken = property.by(before->data(), state.data());
  return broken && broken->cannot.empty();
}

bool some_state_fails(const Seen& seen, SpecProperties& property, bool steps) {
  for (const State& state : seen.states) {
    State other = state;
    for (std::size_t slot = 0; slot < other.size(); ++slot) {
      for (const Atom value : seen.values[slot]) {
        other[slot] = value;
        if (fails(property, steps ? &state : nullptr, other)) return true;
      }
      other[slot] = state[slot];
    }
  }
  std::mt19937_64 random(seed);
  const auto any_of = [&](const auto& from) -> const auto& {
    return from[random() % from.size()];
  };
  for (unsigned i = 0; i < random_states; ++i) {
    State other = any_of(seen.states);
    for (std::size_t slot = 0; slot < other.size(); ++slot) {
      if (random() % 2 == 0) other[slot] = any_of(seen.values[slot]);
    }
    if (fails(property, steps ? &any_of(seen.states) : nullptr, other)) return true;
  }
  return false;
}

}  // namespace

std::string can_fail(const Subject& subject, const ManifestProperty& property,
                     const Workshop& workshop) {
  if (property.kind == "liveness") {
    const bool violated = judge_liveness(subject, {property.name}, workshop, Fairness::none)
                              .result.violation.has_value();
    return violated ? "can fail" : "holds without any fairness: nothing has to go on for it";
  }
  const auto system = system_of(subject);
  AskedProperties asked(subject, system->world(), {property.name});
  const bool steps = property.kind == "action" || property.kind == "refinement";
  const bool found = some_state_fails(Seen(*system), asked.properties, steps);
  return found ? "can fail"
               : "holds whatever the cells are, of the values of walks at the smallest size, one "
                 "more and one less: expected a variant that breaks it, or one that says more";
}

}  // namespace lockstep
