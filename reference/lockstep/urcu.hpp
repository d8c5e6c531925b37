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

  static void read_lock() {
    urcu_bp_read_lock();
    sections_begin();
  }
  static void read_unlock() {
    sections_end();
    urcu_bp_read_unlock();
  }
  /// Calls `then`, on a thread of liburcu, when all sections that are open now have ended.
  static void after_grace_period(Head& head, void (*then)(Head&)) {
    head.then = then;
    urcu_bp_call_rcu(&head, [](rcu_head* over) {
      sections_begin();
      Head& mine = *static_cast<Head*>(over);
      mine.then(mine);
    });
  }

 private:
  // The thread sanitizer sees nothing of liburcu, which is not instrumented. What RCU promises is
  // told to it: what a section did happens before what follows a grace period that waited for it.
#if defined(__SANITIZE_THREAD__)
  static void sections_begin() {
    __tsan_acquire(&sections);
  }
  static void sections_end() {
    __tsan_release(&sections);
  }
  static inline char sections = 0;
#else
  static void sections_begin() {}
  static void sections_end() {}
#endif
};

}  // namespace lockstep
