// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders {

/// Orders to judge instead of the declared ones, by site; a write of a group is `SITE.cell`, all of
/// them together `SITE`.
using Overrides = std::map<std::string, Order>;

/// One task of a question: which path pieces of a role's automaton are unrolled.
struct TaskSpec {
  std::string name;
  std::string role;
  std::string start;                   ///< the node where it begins
  std::map<std::string, Atom> locals;  ///< their values there; Null where not named
  std::set<std::string> stop_at;       ///< it ends before it performs one of these
  std::map<std::string, Atom>
      choices;  ///< that are not free: `arg0`, or `SITE.arg0` behind one site
  /// Where behind a site only one way is taken: at each visit, or at the first, the second, ...
  std::map<std::string, std::vector<std::string>> next;
  Atom self = null_atom;  ///< what the code calls `self`
  int visits = 1;         ///< of one node on one path
};

/// One way in which a task ends.
struct TaskEnd {
  Term guard;
  std::string stopped_at;  ///< the node before which it stands; empty where the automaton ends
  std::map<std::string, Term> locals;
};

/// Adds a task to a program, as a tree of events along the automaton's edges.
///
/// - A wait and a lock are assumed to be granted: their guard holds for the value that they read.
/// - A failed RMW is a bare read. A store that speaks of `@` reads first, by an access of its own.
/// - A peek is the last value that the task itself wrote there, where the path shows it; else a
///   plain read, named `SITE.field` after the site before it. What a site loads besides its own
///   cell is a plain read `SITE.field` before it.
/// - Allocating and freeing are no accesses. Waking is a read, and a write where somebody waits.
/// - A branch is a control dependency of what it decides: of a site that some path from the branch
///   misses. The guard of a wait is one of all that follows it, as the exit of its loop.
/// - A path with more visits than allowed is left out; the bound is part of the verdict.
std::vector<TaskEnd> unroll(Program& program, const TaskSpec& task, const Automaton& automaton,
                            const Overrides& overrides = {});

/// Can a task that stands behind node `from` end, or loop for ever, without reaching `site`?
bool avoidable(const Automaton& automaton, std::uint32_t from, std::uint32_t site);

}  // namespace lockstep::orders
