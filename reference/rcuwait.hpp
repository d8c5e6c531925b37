// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// rcuwait: a place for one waiting task, without a queue (Linux kernel/exit.c, rcuwait.h).
#pragma once

#include "task.hpp"

namespace lockstep {

/// The wait is over. A waker that has seen the task before sets it running when it is already, or
/// when it waits again: whoever is woken looks at its condition anew.
void rcuwait_finish(auto& m, auto prefix, const auto& owner, const auto& place) {
  // kernel: finish_rcuwait, rcu_assign_pointer (here once: there is nothing to publish)
  m.store(prefix + "ClearWaiter"_site, owner, place, null, Order::once);
  // kernel: finish_rcuwait, WRITE_ONCE
  m.store(prefix + "Finish"_site, m.self(), task_state, running, Order::once);
}

/// Waits until `condition()`, which makes one access: true; or until `gives_up()`, which is asked
/// before each sleep: false. Announce the task, then set its state, look, and only then sleep.
/// rcuwait_finish() has to follow.
bool rcuwait_until(auto& m, auto prefix, const auto& owner, const auto& place, auto condition,
                   auto gives_up) {
  // kernel: prepare_to_rcuwait, rcu_assign_pointer
  m.store(prefix + "SetWaiter"_site, owner, place, m.self(), Order::release);
  for (;;) {
    // full: the state is visible before the condition is looked at, or the waker misses the task
    // and the task misses the change.
    // kernel: rcuwait_wait_event, set_current_state
    // pairs with WakeMb
    m.store(prefix + "SetState"_site, m.self(), task_state, sleeping, Order::full);
    if (condition()) return true;
    if (gives_up()) return false;
    // kernel: __schedule, READ_ONCE
    m.wait(prefix + "Sleep"_site, m.self(), task_state, running);
  }
}

/// The same, by a task that goes on until the condition holds.
void rcuwait_wait_event(auto& m, auto prefix, const auto& owner, const auto& place,
                        auto condition) {
  rcuwait_until(m, prefix, owner, place, condition, [] { return false; });
  rcuwait_finish(m, prefix, owner, place);
}

/// Wakes the task that waits there, if one does. `owner` may go once the task is found.
void rcuwait_wake_up(auto& m, auto prefix, auto& owner, const auto& place) {
  // mb: the caller's change is visible before the task is looked for.
  // kernel: smp_mb
  // pairs with SetState
  m.fence(prefix + "WakeMb"_site, Order::mb);
  // kernel: rcu_dereference
  const auto task =
      m.named("rtask"_local, m.load(prefix + "FindWaiter"_site, owner, place, Order::once));
  owner.forget();
  if (task == null) return;
  // The task may have gone on by now. Its memory stays: Linux keeps it for an RCU section, here
  // no task ends.
  // kernel: ttwu_do_wakeup, WRITE_ONCE
  m.wake(prefix + "Wake"_site, task, task_state, running);
}

}  // namespace lockstep
