// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "explore/spec_properties.hpp"
#include "explore/state_set.hpp"
#include "machines/protocol.hpp"
#include "machines/system.hpp"

namespace lockstep {

/// The identity of some atoms as they are.
StateKey key_of(StateView atoms);

/// The identity of states under the VIEW of a layout.
class StateIdentity {
 public:
  explicit StateIdentity(const Layout& layout);
  StateKey operator()(StateView state);

 private:
  /// A slot, and what it is set against.
  std::vector<std::pair<std::size_t, std::size_t>> relative_;
  State view_;
};

/// A behaviour that ends in a state, or in a step, that must not be.
struct Violation {
  std::string property;       ///< its name or text, "Fault" or "Deadlock"
  std::string detail;         ///< of a fault: what was done, to what
  Broken broken;              ///< of a property: what shows it
  std::vector<State> states;  ///< from an initial state; states.size() == steps.size() + 1, but for
                              ///< a fault, whose last step has no state after it
  std::vector<Step> steps;
};

/// What looks at each new state, or at each step, of a search; false ends it.
struct Monitor {
  std::string name;
  std::function<bool(const Atom* state)> holds;
};
struct StepMonitor {
  std::string name;
  std::function<bool(const Atom* before, const Atom* after)> holds;
};

struct SearchProgress {
  std::uint64_t states = 0, transitions = 0;
  std::uint64_t waiting = 0;  ///< states whose steps have not been looked at
  /// Behaviours of so many steps, and shorter ones, have been looked at, and nothing was wrong.
  std::uint32_t steps = 0;
  std::string found = {};  ///< what is violated; the way there is being looked for
};

struct SearchOptions {
  SpecProperties* properties = nullptr;  ///< of the system's world
  std::vector<Monitor> monitors;         ///< called by several threads where there are several jobs
  std::vector<StepMonitor> step_monitors;
  std::function<void(const SearchProgress&)> on_progress;  ///< now and then; may throw to stop
  unsigned jobs = 1;  ///< threads at most; the result is the same
};

struct SearchResult {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  std::uint32_t depth = 0;  ///< states on a longest shortest path, as TLC counts
  double seconds = 0;
  std::optional<Violation> violation;  ///< a shortest one
};

/// Looks at every state of a system, breadth first.
SearchResult search(System& system, const SearchOptions& options);

}  // namespace lockstep
