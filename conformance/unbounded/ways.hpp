// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/automaton.hpp"

namespace lockstep::unbounded {

/// One way that a task takes from a place where it stops to the next: the site that it performs,
/// and the edges before and after it. All steps of all tasks are instances of some way.
struct Way {
  std::size_t role = 0;
  std::uint32_t from = 0, site = 0, to = 0;  ///< nodes; `from` is the site, or a point before it
  std::vector<std::size_t> edges;            ///< of the automaton, in their order
  std::string name;                          ///< "StartRead_IncRef -> StartRead_CheckMm"
};

/// Of every place where a task of any role can come to stop, from its start on. Two ways of a role
/// between the same sites are told apart by where they begin, or by a number.
std::vector<Way> ways_of(const std::vector<Automaton>& automata);

/// The names of the nodes at which a task stops, by role.
using Places = std::vector<std::vector<std::string>>;
/// In the order of the nodes.
Places places_of(const std::vector<Automaton>& automata, const std::vector<Way>& ways);
/// What `places` has, then what `more` has besides.
Places together(Places places, const Places& more);

}  // namespace lockstep::unbounded
