// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The reader-writer semaphore of Linux, by its steps (kernel/locking/rwsem.c), as far as one writer
// at a time and readers that never wait can tell. Left out: spinning, handoff, and the list's own
// spinlock, so a list of one is a place for one. What is touched, and in which order, is Linux's.
//
//   sem_count   256 for each reader (RWSEM_READER_BIAS), 2 while somebody waits
//               (RWSEM_FLAG_WAITERS), 1 for a writer (RWSEM_WRITER_LOCKED)
//   sem_owner   a hint: nobody, a reader, a writer
#pragma once

#include "task.hpp"

namespace lockstep {

struct Rwsem {
  static constexpr std::string_view kind = "Lock";
};
inline constexpr Field<"sem_count", Rwsem, int> sem_count;
inline constexpr Field<"sem_owner", Rwsem, int> sem_owner;
inline constexpr Field<"sem_waiter", Rwsem, Task> sem_waiter;

inline constexpr int writer_locked = 1, flag_waiters = 2, reader_bias = 256;
inline constexpr int nobody = 0, a_reader = 1, a_writer = 2;

/// Who waits keeps newcomers out.
inline constexpr auto read_failed = [](auto n) {
  return (n & (writer_locked | flag_waiters)) != 0;
};

/// Is it read-locked now?
template <class Fails>
bool down_read_trylock(auto& m, auto prefix, const auto& sem, Fails fails) {
  // acquire: the mark, as it was when the last writer dropped the lock.
  // kernel: vma_start_read, down_read_trylock
  // pairs with MmapUnlock_SeqEnd, UpWrite_Dec
  const auto count = m.fetch_add_unless(prefix + "Trylock"_site, sem, sem_count, reader_bias,
                                        Order::acquire, fails);
  if (fails(count)) return false;
  // kernel: rwsem_set_reader_owned, atomic_long_set
  m.store(prefix + "SetOwner"_site, sem, sem_owner, a_reader, Order::once);
  return true;
}

/// What is done behind the count, if nobody has the lock any more and somebody waits. The lock is
/// not the caller's by then: who waits may have won without this, and whoever has won may free it.
void rwsem_wake(auto& m, auto prefix, auto& sem) {
  // kernel: clear_nonspinnable, atomic_long_read
  m.load(prefix + "ClearNonspinnable"_site, sem, sem_owner, Order::once);
  // kernel: rwsem_wake (here once: under the spinlock of the list, which is not here)
  const auto task =
      m.named("rtask"_local, m.load(prefix + "RwsemWake"_site, sem, sem_waiter, Order::once));
  sem.forget();
  if (task == null) return;
  // kernel: ttwu_do_wakeup, WRITE_ONCE
  m.wake(prefix + "WakeTask"_site, task, task_state, running);
}
void clear_reader_owned(auto& m, auto prefix, const auto& sem) {
  // kernel: rwsem_clear_reader_owned (here once: a cmpxchg there, and no more than a debugging aid)
  m.store(prefix + "ClearReaderOwned"_site, sem, sem_owner, nobody, Order::once);
}
/// The lock is lost here. The count that is left.
auto drop_reader(auto& m, auto prefix, const auto& sem) {
  // release: what the reader looked at, before what the next writer does to it.
  // kernel: __up_read, atomic_long_add_return_release
  // pairs with DownWrite_Trylock, Slowpath_TryWriteLock
  return m.fetch_sub(prefix + "AddReturn"_site, sem, sem_count, reader_bias, Order::release) -
         reader_bias;
}

/// down_write(): returns once the lock is the caller's, which may be while a reader is in its tail.
void rwsem_down_write_slowpath(auto& m, const auto& sem) {
  // kernel: rwsem_add_waiter (here once: under the spinlock of the list, which is not here)
  m.store("Slowpath_AddWaiter"_site, sem, sem_waiter, m.self(), Order::once);
  // kernel: rwsem_down_write_slowpath, atomic_long_or
  m.fetch_or("Slowpath_SetWaiters"_site, sem, sem_count, flag_waiters, Order::once);
  for (;;) {
    // full: the state is visible before the count is looked at.
    // kernel: rwsem_down_write_slowpath, set_current_state
    m.store("Slowpath_SetCurrentState"_site, m.self(), task_state, sleeping, Order::full);
    // acquire: after what the readers did.
    // kernel: rwsem_try_write_lock, atomic_long_try_cmpxchg_acquire
    // pairs with UpRead_AddReturn
    if (m.cmpxchg("Slowpath_TryWriteLock"_site, sem, sem_count, flag_waiters, writer_locked,
                  Order::acquire) == flag_waiters) {
      break;
    }
    // kernel: __schedule, READ_ONCE
    m.wait("Slowpath_Schedule"_site, m.self(), task_state, running);
  }
}
void rwsem_down_write_finish(auto& m, const auto& sem) {
  // kernel: rwsem_del_waiter (here once: under the spinlock of the list, which is not here)
  m.store("Slowpath_DelWaiter"_site, sem, sem_waiter, null, Order::once);
  // kernel: rwsem_down_write_slowpath, WRITE_ONCE
  m.store("Slowpath_SetRunning"_site, m.self(), task_state, running, Order::once);
}

/// Nobody waits while a writer has the lock: only writers would, and mmap_lock admits one.
void up_write(auto& m, const auto& sem) {
  // kernel: rwsem_clear_owner, atomic_long_set
  m.store("UpWrite_ClearOwner"_site, sem, sem_owner, nobody, Order::once);
  // release: who gets the lock from here on sees the mark.
  // kernel: __up_write, atomic_long_fetch_add_release
  // pairs with StartRead_RecheckSeq, StartRead_Trylock
  m.fetch_sub("UpWrite_Dec"_site, sem, sem_count, writer_locked, Order::release);
}

}  // namespace lockstep
