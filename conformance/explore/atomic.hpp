// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "explore/retrace.hpp"

namespace lockstep {

/// A step of several accesses that another task's step can come between.
struct NotAtomic {
  std::string site;                 ///< of the step
  std::vector<std::string> cells;   ///< of its accesses, those that the others meet: `vm_mm[v1]`
  std::vector<std::string> others;  ///< `m1 Dup_CopyMm`, the steps that do
  bool late = false;                ///< a peek, behind the site
  Behaviour behaviour;              ///< to the state in which they can; the step is not taken
};

/// `Put_Dec: vm_mm[v1], by m1 Dup_CopyMm after 12 steps`
std::string text(const NotAtomic& one);

struct AtomicResult {
  std::vector<NotAtomic>
      found;  ///< one for each site and each kind of peek, in the order of their first states
  std::uint64_t states = 0;  ///< with what has been peeked at and may still be
  double seconds = 0;
};

/// Is each step of several accesses as good as one? A step may have one access that others meet
/// while the task stands before its site: then the whole is as if it happened there, because the
/// rest can be moved to it. Gathered over all times that the task stands there, so a step may be
/// refused whose accesses are met at different times. Two accesses of one cell, an increment that
/// is no read-modify-write, are two. Others meet a read by a step that changes the cell, a write
/// also by one that reads it. What a task peeks at nobody may change while the step that it is for
/// is possible, or behind a site until the next step.
///
/// Accesses are those of the stepped machine, so of the reference's own code, in each reachable
/// state; a system that is no SteppedSystem is a caller's error. `on_progress` is told the number
/// of states now and then; it may throw to stop.
AtomicResult check_atomic(System& system,
                          const std::function<void(std::uint64_t)>& on_progress = {});

}  // namespace lockstep
