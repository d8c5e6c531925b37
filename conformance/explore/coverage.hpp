// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "machines/automaton_system.hpp"

namespace lockstep {

/// Something that the code of a role can do: take a way from a site to the next stop, find a site
/// closed and wait, or find a comparison true, or false, that decides.
struct Turn {
  std::string role, site;
  std::string what;  ///< `-> Use_LoadData`, `waits`, `(open[at] = 1): true`
  /// The roles in whose company it has been made: another task of the role was under way, neither
  /// at its start nor at rest, and had the object that the site is about, where it is about one:
  /// in a local, or it is that object's own task.
  std::vector<bool> with;
  bool made = false;
};

/// A comparison decides where the other answer to it alone would have led elsewhere: so each half
/// of `a /\ b` is asked for by itself.
struct Coverage {
  std::vector<std::string> roles;
  std::vector<Turn> turns;  ///< in the order of roles, sites and ways; each once
  std::uint64_t states = 0;

  /// `reader StartRead_IncRef -> StartRead_CheckMm`
  static std::string text(const Turn& turn);
};

/// All that the code can do, the same at all sizes, with what is made of it in the reachable states
/// of a model. `automata`: one a role, with their parameters open. `on_progress` is told the number
/// of states now and then; it may throw to stop.
Coverage cover(const World& world, const std::vector<Automaton>& automata,
               const std::function<void(std::uint64_t)>& on_progress = {});

}  // namespace lockstep
