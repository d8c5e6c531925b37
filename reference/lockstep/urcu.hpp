// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// RCU for the native machine, from liburcu: link with urcu-bp (Debian: liburcu-dev).
#pragma once

#include <urcu/urcu-bp.h>

#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace lockstep {

/// The flavour is bp: a thread registers itself at its first section and leaves at its end, so a
/// fault handler on any thread may look a VMA up and nobody can forget anything. Its sections cost
/// what those of memb do (no barrier where the kernel has membarrier) and one branch. memb wants
/// every thread registered; qsbr wants all threads to say when they are quiet, and to go offline
/// before they sleep, which a lock cannot ask of its users.
struct Urcu {
  static constexpr bool has_grace_periods = true;
  struct Head : rcu_head {
    void (*then)(Head&) = nullptr;
  };

  static void read_lock() { urcu_bp_read_lock(); }
  static void read_unlock() {
    happens_before();
    urcu_bp_read_unlock();
  }
  /// Returns when all sections that are open now have ended.
  static void synchronize() {
    happens_before();
    urcu_bp_synchronize_rcu();
    happens_after();
  }
  /// Calls `then`, on a thread of liburcu, when all sections that are open now have ended.
  static void after_grace_period(Head& head, void (*then)(Head&)) {
    head.then = then;
    happens_before();
    urcu_bp_call_rcu(&head, [](rcu_head* over) {
      happens_after();
      Head& mine = *static_cast<Head*>(over);
      mine.then(mine);
    });
  }

 private:
  // The thread sanitizer sees nothing of liburcu, which is not instrumented. What the slab relies
  // on is told to it: what a section did, and what the caller did, happens before what follows the
  // grace period.
#if defined(__SANITIZE_THREAD__)
  static void happens_after() {
    __tsan_acquire(&sections);
  }
  static void happens_before() {
    __tsan_release(&sections);
  }
  static inline char sections = 0;
#else
  static void happens_after() {}
  static void happens_before() {}
#endif
};

}  // namespace lockstep
