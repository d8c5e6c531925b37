// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// call_rcu() with callbacks that do more than free: a queue of rcu_heads on each CPU, under a lock,
// as in a kernel that offloads callbacks (rcu_nocbs). A task of the CPU sleeps until the queue has
// something, takes all of it, waits for one grace period and makes one callback after another. Of
// Linux's four segments (kernel/rcu/rcu_segcblist.c) there are two: what waits for the grace period
// that runs, which is the task's own, and what has come since.
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep {

struct Cpu {
  static constexpr std::string_view kind = "Cpu";
};

/// The queues of objects of kind `K`, which have an rcu_head each.
template <class K>
struct Callbacks {
  static constexpr Field<"cb_lock", Cpu, int> cb_lock{};
  static constexpr Field<"cb_head", Cpu, K> cb_head{};
  static constexpr Field<"cb_tail", Cpu, K> cb_tail{};
  static constexpr Field<"cb_pending", Cpu, int> cb_pending{};  ///< 1: the CPU's task has to run
  static constexpr Field<"rcu_next", K, K> rcu_next{};

  /// `overlay` has the words of the object that its rcu_head lies over: link(object) and its own
  /// site `Queue_Link` before the object is queued, next(last, object) once another stands behind.
  static void call_rcu(auto& m, const auto& cpu, const auto& object, auto& overlay) {
    m.spin_lock("Queue_Lock"_site, cpu, cb_lock);  // kernel: __call_rcu_common, spin_lock
    enqueue(m, cpu, object, overlay);
    m.spin_unlock("Queue_Unlock"_site, cpu, cb_lock);  // kernel: __call_rcu_common, spin_unlock
  }
  /// Under the lock.
  static void enqueue(auto& m, const auto& cpu, const auto& object, auto& overlay) {
    overlay.link(object);
    const auto last = m.named("wlast"_local, m.peek(cpu, cb_tail));
    if (last == null) {
      // kernel: rcu_segcblist_enqueue, WRITE_ONCE (here plain: under the lock)
      // races with Rcu_Sleep
      m.group("Queue_First"_site, write(cpu, cb_head, object), write(cpu, cb_tail, object),
              write(cpu, cb_pending, 1));
    } else {
      overlay.next(cpu, last, object);
    }
  }

  /// What stands behind `object` in what was taken: read before the callback, which frees it.
  static auto behind(auto& m, const auto& object) {
    return m.load("Callback_Next"_site, object, rcu_next, Order::plain);  // kernel: rcu_do_batch
  }

  /// The CPU's task, which never ends. `grace` waits for a grace period; `callback` is handed a
  /// local that names an object, sets that to what is behind it, and does with the object what it
  /// likes: it is nobody's any more.
  static void run(auto& m, auto grace, auto callback) {
    const auto cpu = m.template own<Cpu>();
    for (;;) {
      m.point("Rcu_Idle"_point);
      m.wait("Rcu_Sleep"_site, cpu, cb_pending, 1);  // kernel: rcu_do_batch, READ_ONCE
      m.spin_lock("Rcu_Lock"_site, cpu, cb_lock);    // kernel: rcu_do_batch, spin_lock
      auto next = m.named("cnext"_local, m.peek(cpu, cb_head));
      // kernel: rcu_do_batch
      m.group("Rcu_Take"_site, write(cpu, cb_head, null), write(cpu, cb_tail, null),
              write(cpu, cb_pending, 0));
      m.spin_unlock("Rcu_Unlock"_site, cpu, cb_lock);  // kernel: rcu_do_batch, spin_unlock
      grace();
      do callback(next);
      while (next != null);
    }
  }
};

}  // namespace lockstep
