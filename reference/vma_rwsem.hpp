// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The first generation of the per-VMA lock, Linux 6.4 to 6.13: a VMA is write-locked while its
// vm_lock_seq equals the mm's mm_lock_seq. A writer takes the VMA's rwsem to wait for the readers
// inside, marks the VMA, and drops the rwsem. The rwsem lies in an object of its own, which goes
// with the VMA. Sources: Suren Baghdasaryan's series of January 2023 (patches 12, 28, 40), Jann
// Horn's mail of 17 January 2023, and his fix of July 2023. Functions have the names of that time.
#pragma once

#include <optional>
#include <utility>

#include "rwsem.hpp"

namespace lockstep::vma_rwsem {

using enum Order;

struct Mm {
  static constexpr std::string_view kind = "Mm";
};
struct Vma {
  static constexpr std::string_view kind = "Vma";
};
using Lock = Rwsem;

inline constexpr Field<"vm_lock", Vma, Lock> vm_lock;
inline constexpr Field<"vm_lock_seq", Vma, int> vm_lock_seq;
inline constexpr Field<"vm_data", Vma, int> vm_data;  ///< a page fault reads it, a writer writes it
inline constexpr Field<"mm_lock_seq", Mm, int> mm_lock_seq;
inline constexpr Field<"tree", Mm, Vma> tree;  ///< it has one place

inline constexpr int no_seq = -1;          ///< vm_lock_seq of a new VMA
inline constexpr int torn = 0, whole = 1;  ///< vm_data while it is written; of a new VMA

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class VmaRwsem {
 public:
  explicit VmaRwsem(M& machine) : m(machine) {}

  // ---- Readers ---------------------------------------------------------------------------------

  /// A page fault: finds the VMA, locks it if that needs no waiting, and uses it.
  void fault(const auto& mm) {
    // kernel: mas_walk, rcu_dereference
    // pairs with Store_Tree
    auto vma = m.named("rvma"_local, m.load("Lookup_Walk"_site, mm, tree, once));
    if (vma != null) {
      auto sem = vma_start_read(mm, vma);
      if (sem) {
        // kernel: lock_vma_under_rcu, rcu_read_unlock
        self().rcu_read_unlock("Lookup_RcuUnlock"_site);
        m.load("Use_LoadData"_site, vma, vm_data, plain);  // kernel: handle_mm_fault
        self().vma_end_read(vma, *sem);
        return;
      }
    }
    vma.forget();
    // kernel: lock_vma_under_rcu, rcu_read_unlock
    self().rcu_read_unlock("Lookup_RcuUnlockFailed"_site);
  }

  /// The lock of `vma`, which is read-locked now; or nothing.
  auto vma_start_read(const auto& mm, auto& vma) {
    const auto [now, lock] =
        // kernel: vma_start_read, READ_ONCE
        m.load("StartRead_LoadSeq"_site, vma, vm_lock_seq, once, also(vma, vm_lock));
    auto seq = m.named("rseq"_local, now);
    auto sem = m.named("rsem"_local, lock);
    std::optional<decltype(sem)> locked;
    // A false "locked" is allowed, a false "unlocked" is found out by the second look.
    // kernel: vma_start_read, READ_ONCE
    const bool marked = seq == m.load("StartRead_CheckSeq"_site, mm, mm_lock_seq, once);
    seq.forget();
    if (marked) return locked;
    if (!self().read_trylock(sem)) return locked;
    if (self().is_write_locked(mm, vma)) {
      self().turned_away(vma, sem);
      return locked;
    }
    if (self().isolated(mm, vma)) {
      self().up_read("TurnedAway_"_site, vma, sem);
      return locked;
    }
    locked.emplace(std::move(sem));
    return locked;
  }

  /// The section keeps the lock until up_read() is done with it.
  void vma_end_read(auto& vma, auto& sem) {
    m.rcu_read_lock("EndRead_RcuLock"_site);  // kernel: vma_end_read, rcu_read_lock
    self().up_read("UpRead_"_site, vma, sem);
    m.rcu_read_unlock("EndRead_RcuUnlock"_site);  // kernel: vma_end_read, rcu_read_unlock
  }

  // ---- Writers, under mmap_lock ----------------------------------------------------------------

  /// Returns once no reader is inside, with `vma` marked until vma_end_write_all().
  void vma_start_write(const auto& mm, const auto& vma, const auto& sem) {
    const auto [seq, now] =
        m.load("StartWrite_CheckSeq"_site, vma, vm_lock_seq, plain, also(mm, mm_lock_seq));
    if (seq == now) return;
    self().drain_and_mark(mm, vma, sem);
  }
  void drain_and_mark(const auto& mm, const auto& vma, const auto& sem) {
    down_write(sem);
    mark(mm, vma);
    up_write(m, sem);
  }
  void down_write(const auto& sem) {
    // acquire: after what the readers did.
    // kernel: __down_write_common, atomic_long_try_cmpxchg_acquire
    // pairs with UpRead_AddReturn
    if (m.cmpxchg("DownWrite_Trylock"_site, sem, sem_count, 0, writer_locked, acquire) != 0) {
      self().wait_for_lock(sem);
      self().wait_is_over(sem);
    }
    // kernel: rwsem_set_owner, atomic_long_set
    m.store("DownWrite_SetOwner"_site, sem, sem_owner, a_writer, once);
  }
  // kernel: vma_start_write, WRITE_ONCE
  void mark(const auto& mm, const auto& vma) {
    m.store("StartWrite_SetSeq"_site, vma, vm_lock_seq, also(mm, mm_lock_seq), once);
  }

  /// Releases all marks at once, when mmap_lock is unlocked or downgraded.
  void vma_end_write_all(auto prefix, const auto& mm) {
    // release: what was written under the marks before they are gone.
    // kernel: vma_end_write_all, smp_store_release
    // pairs with StartRead_RecheckSeq, StartRead_Trylock
    self().next_seq(prefix + "SeqEnd"_site, mm);
  }

  /// A new lock, free; and the pointer to it.
  void vma_lock_alloc(auto site, const auto& vma, const auto& sem, const auto&... writes) {
    m.group(site, write(vma, vm_lock, sem), write(sem, sem_count, 0), write(sem, sem_owner, nobody),
            write(sem, sem_waiter, null), writes...);
  }

  // ---- The parts that variants replace ---------------------------------------------------------

  static constexpr auto fails = read_failed;
  bool read_trylock(const auto& sem) {
    return down_read_trylock(m, "StartRead_"_site, sem, Self::fails);
  }

  /// The section of the lookup.
  void rcu_read_lock(auto site) { m.rcu_read_lock(site); }
  void rcu_read_unlock(auto site) { m.rcu_read_unlock(site); }

  /// The lock is held, so vm_lock_seq cannot change.
  bool is_write_locked(const auto& mm, const auto& vma) {
    // acquire: what was written under a mark that is over.
    // kernel: vma_start_read, smp_load_acquire
    // pairs with MmapDowngrade_SeqEnd, MmapUnlock_SeqEnd, UpWrite_Dec
    const auto [now, seq] =
        m.load("StartRead_RecheckSeq"_site, mm, mm_lock_seq, acquire, also(vma, vm_lock_seq));
    return seq == now;
  }
  /// The VMA may have left the tree before it was locked.
  bool isolated(const auto& mm, const auto& vma) {
    // kernel: mas_walk, rcu_dereference
    return m.load("Lookup_Rewalk"_site, mm, tree, once) != vma;
  }
  void turned_away(auto& vma, auto& sem) { self().up_read("TurnedAway_"_site, vma, sem); }

  void up_read(auto prefix, auto& vma, auto& sem) {
    clear_reader_owned(m, prefix, sem);
    const auto count = drop_reader(m, prefix, sem);
    vma.forget();
    if (self().must_wake(count)) {
      rwsem_wake(m, prefix, sem);
    } else {
      sem.forget();
    }
  }
  /// Nobody has the lock, and somebody waits for it.
  bool must_wake(const auto& count) { return count == flag_waiters; }
  void wait_for_lock(const auto& sem) { rwsem_down_write_slowpath(m, sem); }
  void wait_is_over(const auto& sem) { rwsem_down_write_finish(m, sem); }

  void next_seq(auto site, const auto& mm) { m.increment(site, mm, mm_lock_seq, release); }

  /// Lock and VMA go in one callback.
  void free_lock(auto site, const auto& sem) { m.call_rcu(site, sem); }
  void free_vma(auto site, const auto& vma) { m.call_rcu(site, vma); }

  static constexpr bool dup_has_own_lock = true;
  // kernel: vm_area_dup
  void dup_contents(const auto& source, const auto& vma) {
    m.store("Dup_CopyData"_site, vma, vm_data, also(source, vm_data), plain);
  }
  /// Does a write section end where mmap_lock is downgraded?
  static constexpr bool downgrade_ends = true;

  M& m;

 private:
  Self& self() { return static_cast<Self&>(*this); }
};

template <class M>
struct Holds : VmaRwsem<M, Holds<M>> {
  using VmaRwsem<M, Holds<M>>::VmaRwsem;
};

// ---- The endless tasks that use it -------------------------------------------------------------

/// Page faults, one after another.
template <class Protocol>
void reader(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto mm = m.named("rmm"_local, m.template choose<Mm>());
    p.rcu_read_lock("Lookup_RcuLock"_site);  // kernel: lock_vma_under_rcu, rcu_read_lock
    p.fault(mm);
  }
}

/// The writers of an mm, which mmap_lock serialises. `max_sections`: how many may begin; 0 = any.
/// `last_contents`: what a change leaves in vm_data; `whole`, or more, and then it differs from a
/// new VMA.
template <class Protocol>
class Writer {
 public:
  Writer(Protocol& protocol, int max_sections, int last_contents)
      : p(protocol),
        m(p.m),
        max(max_sections),
        last(m.parameter("Contents"_parameter, last_contents)) {}

  void run() {
    const auto mm = m.template own<Mm>();
    for (;;) {
      m.point("Writer_Idle"_point);
      if (max != 0) m.assume(m.peek(mm, mm_lock_seq) < max);
      m.group("MmapLock_Begin"_site);  // kernel: none, mmap_lock itself is not here
      while (section(mm)) {
      }
    }
  }

 private:
  /// One VMA of a section, or its end: then false.
  bool section(const auto& mm) {
    m.point("Writer_Section"_point);
    const int what = m.branch(3);
    if (what == 0) {
      p.vma_end_write_all("MmapUnlock_"_site, mm);
      return false;
    }
    if (what == 1) {
      m.assume(m.peek(mm, tree) != null);
      // kernel: vma_find, rcu_dereference (here plain: under mmap_lock nobody else writes the tree)
      auto vma = m.named("wvma"_local, m.load("Find_Walk"_site, mm, tree, plain));
      // kernel: vma_start_write
      auto sem = m.named("wsem"_local, m.load("Find_LoadLock"_site, vma, vm_lock, plain));
      p.vma_start_write(mm, vma, sem);
      return locked(mm, vma, sem);
    }
    m.assume(m.peek(mm, tree) == null);
    // kernel: vm_area_alloc, kmem_cache_alloc
    auto vma = m.named("wvma"_local, m.template allocate<Vma>("Alloc_Vma"_site));
    m.point("Writer_Allocated"_point);
    // kernel: vma_lock_alloc, kmem_cache_alloc
    auto sem = m.named("wsem"_local, m.template allocate<Lock>("Alloc_Lock"_site));
    // kernel: vma_lock_alloc
    p.vma_lock_alloc("Alloc_Init"_site, vma, sem, write(vma, vm_lock_seq, no_seq),
                     write(vma, vm_data, whole));
    p.vma_start_write(mm, vma, sem);
    return locked(mm, vma, sem);
  }

  bool locked(const auto& mm, auto& vma, auto& sem) {
    for (;;) {
      m.point("Writer_Locked"_point);
      const int what = m.branch(3);
      if (what == 0) {
        m.assume(m.peek(mm, tree) == null);
        // release: its fields before the VMA is found.
        // kernel: vma_iter_store, rcu_assign_pointer
        // pairs with Lookup_Walk
        m.store("Store_Tree"_site, mm, tree, vma, release);
        return true;
      }
      m.assume(m.peek(mm, tree) != null);
      if (what == 1) {
        m.store("Modify_Begin"_site, vma, vm_data, torn, plain);  // kernel: vm_flags_set
        m.store("Modify_End"_site, vma, vm_data, last, plain);    // kernel: vm_flags_set
        return true;
      }
      // kernel: vma_iter_clear_gfp, rcu_assign_pointer (here once: there is nothing to publish)
      m.store("Unmap_ClearTree"_site, mm, tree, null, once);
      m.point("Writer_Unmapped"_point);
      if (m.branch(2) == 0) {
        // munmap() frees while it has mmap_lock for reading.
        p.vma_end_write_all("MmapDowngrade_"_site, mm);
        // kernel: vm_area_free, call_rcu
        p.free_lock("Downgraded_FreeLock"_site, sem);
        sem.forget();
        // kernel: vm_area_free, call_rcu
        p.free_vma("Downgraded_FreeVma"_site, vma);
        return !Protocol::downgrade_ends;
      }
      dup(vma, sem);
      p.vma_start_write(mm, vma, sem);
    }
  }

  /// The VMA moves, as mremap() does it: a copy, and the source goes. The whole struct is copied,
  /// and for an instant the copy has its source's lock.
  // kernel: vm_area_dup
  void dup(auto& vma, auto& sem) {
    auto source = m.named("wsrc"_local, vma);
    auto old = m.named("wold"_local, sem);
    vma = m.template allocate<Vma>("Dup_Vma"_site);  // kernel: vm_area_dup, kmem_cache_alloc
    m.store("Dup_CopyLock"_site, vma, vm_lock, also(source, vm_lock), plain);
    p.dup_contents(source, vma);
    m.store("Dup_SetSeq"_site, vma, vm_lock_seq, no_seq, plain);
    if constexpr (Protocol::dup_has_own_lock) {
      m.point("Writer_Copied"_point);
      sem = m.template allocate<Lock>("Dup_Lock"_site);  // kernel: vma_lock_alloc, kmem_cache_alloc
      p.vma_lock_alloc("Dup_SetLock"_site, vma, sem);    // kernel: vma_lock_alloc
    }
    // kernel: vm_area_free, call_rcu
    p.free_lock("Dup_FreeLock"_site, old);
    old.forget();
    // kernel: vm_area_free, call_rcu
    p.free_vma("Dup_FreeVma"_site, source);
  }

  Protocol& p;
  decltype(Protocol::m)& m;
  const int max;
  using Number = decltype(m.parameter("Contents"_parameter, 0));
  const Number last;
};

}  // namespace lockstep::vma_rwsem
