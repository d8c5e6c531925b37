// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// rcuwait: a place for one waiting task, without a queue (Linux kernel/exit.c, rcuwait.h).
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep {

struct Task {
  static constexpr std::string_view kind = "Task";
};
inline constexpr Field<"task_state", Task, int> task_state;
inline constexpr int running = 0, sleeping = 2;

/// Waits until `condition()`, which makes one access. Announce the task, then set its state, look,
/// and only then sleep.
void rcuwait_wait_event(auto& m, auto prefix, const auto& owner, const auto& place,
                        auto condition) {
  // kernel: prepare_to_rcuwait, rcu_assign_pointer
  m.store(prefix + "SetWaiter"_site, owner, place, m.self(), Order::release);
  for (;;) {
    // full: the state is visible before the condition is looked at, or the waker misses the task
    // and the task misses the change.
    // kernel: set_current_state
    // pairs with WakeMb
    m.store(prefix + "SetState"_site, m.self(), task_state, sleeping, Order::full);
    if (condition()) break;
    // kernel: __schedule, READ_ONCE
    m.wait(prefix + "Sleep"_site, m.self(), task_state, running);
  }
  // A waker that still sees the task only sets it running, so nobody sees these half done.
  // kernel: finish_rcuwait, WRITE_ONCE (here plain: two writes in one step)
  m.group(prefix + "Finish"_site, write(owner, place, null), write(m.self(), task_state, running));
}

/// Wakes the task that waits there, if one does.
void rcuwait_wake_up(auto& m, auto prefix, const auto& owner, const auto& place) {
  // mb: the caller's change is visible before the task is looked for.
  // kernel: smp_mb
  // pairs with SetState
  m.fence(prefix + "WakeMb"_site, Order::mb);
  // kernel: rcu_dereference
  m.wake(prefix + "Wake"_site, owner, place, task_state, running);
}

}  // namespace lockstep
