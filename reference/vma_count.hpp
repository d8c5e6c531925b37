// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The atomic per-VMA lock: a count in the place of the rwsem. Source: Suren Baghdasaryan's series
// of January 2023, patch 41, which was dropped after review. What stands here is what the review
// asked for: an increment that does not overflow, a waiting writer that shows in the count (M.
// Wilcox), an mm that is read before the count drops (J. Horn). Functions are called as in
// spec/kernel.json, though today's do other things.
//
//   vm_count     n readers; limit + 1 + n: a writer waits for n of them; -1: a writer has the lock
//   vm_lock_seq  equal to the mm's mm_lock_seq: write-locked, until mmap_lock is released
#pragma once

#include <optional>
#include <utility>

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"
#include "rcuwait.hpp"

namespace lockstep::vma_count {

using enum Order;

struct Mm {
  static constexpr std::string_view kind = "Mm";
};
struct Vma {
  static constexpr std::string_view kind = "Vma";
};

inline constexpr Field<"vm_mm", Vma, Mm> vm_mm;
inline constexpr Field<"vm_count", Vma, int> vm_count;
inline constexpr Field<"vm_lock_seq", Vma, int> vm_lock_seq;
inline constexpr Field<"vm_data", Vma, int> vm_data;  ///< a page fault reads it, a writer writes it
inline constexpr Field<"mm_lock_seq", Mm, int> mm_lock_seq;
inline constexpr Field<"tree", Mm, Vma> tree;  ///< of one VMA
inline constexpr Field<"writer_wait", Mm, Task> writer_wait;

inline constexpr int torn = 0, whole = 1;  ///< vm_data while it is written, and after

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class VmaCount {
 public:
  /// `reader_limit`: INT_MAX. `top_bit`, which is above it: what a waiting writer sets.
  VmaCount(M& machine, int reader_limit, int top_bit)
      : m(machine),
        limit(m.parameter("Limit"_parameter, reader_limit)),
        flag(m.parameter("Flag"_parameter, top_bit)) {}

  // ---- Readers ---------------------------------------------------------------------------------

  /// The VMA of `mm`, read-locked; or nothing: mmap_lock will do.
  auto lock_vma_under_rcu(const auto& mm) {
    self().rcu_read_lock("Lookup_RcuLock"_site);
    // kernel: mas_walk, rcu_dereference
    auto vma = m.named("rvma"_local, m.load("Lookup_Walk"_site, mm, tree, once));
    std::optional<decltype(vma)> found;
    if (vma == null || !self().vma_start_read(mm, vma)) {
      vma.forget();
      self().rcu_read_unlock("Lookup_RcuUnlockFailed"_site);
      return found;
    }
    self().rcu_read_unlock("Lookup_RcuUnlock"_site);
    found.emplace(std::move(vma));
    return found;
  }

  /// Is `vma` read-locked now, and still the VMA of `mm`? It is no more than looked at before.
  bool vma_start_read(const auto& mm, auto& vma) {
    if (self().maybe_write_locked(mm, vma)) return false;
    if (!self().read_trylock(mm, vma)) return false;
    if (self().is_write_locked(mm, vma)) {
      self().turned_away(vma);
      return false;
    }
    if (self().isolated(mm, vma)) {
      self().vma_refcount_put("StartRead_Put"_site, vma);
      return false;
    }
    return true;
  }

  void vma_end_read(auto& vma) { self().vma_refcount_put("Put_"_site, vma); }

  // ---- Writers, under mmap_lock ----------------------------------------------------------------

  /// Returns once no reader is inside, with `vma` marked until vma_end_write_all().
  void vma_start_write(const auto& mm, const auto& vma) {
    const auto [seq, now] =
        m.load("StartWrite_CheckSeq"_site, vma, vm_lock_seq, plain, also(mm, mm_lock_seq));
    if (seq == now) return;
    self().drain_and_mark(mm, vma);
  }
  void drain_and_mark(const auto& mm, const auto& vma) {
    self().lock(mm, vma);
    self().mark(mm, vma);
    self().unlock(vma);
  }
  void lock(const auto& mm, const auto& vma) {
    // acquire: after what the readers did.
    // kernel: vma_start_write, atomic_cmpxchg (here acquire: no more is needed)
    const auto count = m.cmpxchg("StartWrite_Trylock"_site, vma, vm_count, 0, -1, acquire);
    if (count == 0) return;
    self().announce(vma);
    self().wait_for_readers(mm, vma);
  }
  // kernel: vma_start_write, WRITE_ONCE
  void mark(const auto& mm, const auto& vma) {
    m.store("StartWrite_SetSeq"_site, vma, vm_lock_seq, also(mm, mm_lock_seq), once);
  }
  void unlock(const auto& vma) {
    // wmb: who finds the count free sees the mark.
    // kernel: vma_start_write, smp_wmb
    // pairs with Dec, StartRead_Inc, StartRead_RecheckSeq
    m.fence("StartWrite_Wmb"_site, wmb);
    // kernel: vma_start_write, atomic_set
    m.store("StartWrite_SetFree"_site, vma, vm_count, 0, once);
  }

  /// Releases all marks at once, when mmap_lock is unlocked or downgraded.
  void vma_end_write_all(auto prefix, const auto& mm) {
    // release: what was written under the marks before they are gone.
    // kernel: mm_lock_seqcount_end (here release: as from 6.5 to 6.13)
    // pairs with Dec, StartRead_Inc, StartRead_RecheckSeq
    self().next_seq(prefix + "SeqEnd"_site, mm);
  }

  // ---- The parts that variants replace ---------------------------------------------------------

  /// Does a waiting writer show in the count?
  static constexpr bool waiter_bit = true;
  /// Does a write section end where mmap_lock is downgraded?
  static constexpr bool downgrade_ends = true;

  void rcu_read_lock(auto site) { m.rcu_read_lock(site); }
  void rcu_read_unlock(auto site) { m.rcu_read_unlock(site); }

  /// A false "locked" is allowed, a false "unlocked" is found out by the second look.
  // kernel: vma_start_read, READ_ONCE
  bool maybe_write_locked(const auto& mm, const auto& vma) {
    const auto seq =
        m.named("rseq"_local, m.load("StartRead_LoadSeq"_site, vma, vm_lock_seq, once));
    return seq == m.load("StartRead_CheckSeq"_site, mm, mm_lock_seq, once);
  }
  bool read_trylock(const auto&, const auto& vma) {
    // acquire: the mark, as it was when the last writer dropped the lock.
    // kernel: vma_start_read, atomic_try_cmpxchg (here acquire: no more is needed)
    // pairs with MmapUnlock_SeqEnd, StartWrite_Wmb
    const auto count = m.fetch_add_unless("StartRead_Inc"_site, vma, vm_count, 1, acquire,
                                          [this](auto n) { return self().no_more(n); });
    return !self().no_more(count);
  }
  /// A writer is there, or waits, or one more would look like one.
  auto no_more(const auto& count) { return either(count < 0, count >= limit); }
  /// The count is held, so vm_lock_seq cannot change.
  bool is_write_locked(const auto& mm, const auto& vma) {
    // acquire: what was written under a mark that is over.
    // kernel: vma_start_read, smp_load_acquire
    // pairs with MmapDowngrade_SeqEnd, MmapUnlock_SeqEnd, StartWrite_Wmb
    const auto [now, seq] =
        m.load("StartRead_RecheckSeq"_site, mm, mm_lock_seq, acquire, also(vma, vm_lock_seq));
    return seq == now;
  }
  void turned_away(auto& vma) { self().vma_refcount_put("StartRead_Put"_site, vma); }
  /// Only what is in the tree is the mm's; one that is not may be on its way to be freed.
  // kernel: lock_vma_under_rcu, rcu_dereference
  bool isolated(const auto& mm, const auto& vma) {
    return m.load("Lookup_Rewalk"_site, mm, tree, once) != vma;
  }

  /// The mm is read before the count drops, which is what keeps the VMA: nothing of it may be read
  /// after.
  void vma_refcount_put(auto prefix, auto& vma) {
    // release: what the reader did before what the writer does.
    // kernel: __vma_refcount_put_return, atomic_sub_return_release
    // pairs with MmapUnlock_SeqEnd, StartWrite_Wmb
    const auto [count, mm] =
        m.fetch_sub(prefix + "Dec"_site, vma, vm_count, 1, release, also(vma, vm_mm));
    vma.forget();
    if (self().last_leaves(count - 1)) {
      auto waiting = m.named("rwake"_local, mm);
      rcuwait_wake_up(m, prefix, waiting, writer_wait);
    }
  }
  auto last_leaves(const auto& count) { return count == waited(); }

  /// What the count is when nobody is inside any more and a writer waits.
  auto waited() const {
    if constexpr (Self::waiter_bit) {
      return flag;
    } else {
      return 0;
    }
  }
  void announce(const auto& vma) {
    if constexpr (Self::waiter_bit) {
      // kernel: vma_start_write, atomic_or
      m.fetch_add("StartWrite_SetBit"_site, vma, vm_count, flag, once);
    }
  }
  void wait_for_readers(const auto& mm, const auto& vma) {
    rcuwait_wait_event(m, "StartWrite_"_site, mm, writer_wait, [&] { return lock_now(vma); });
  }
  bool lock_now(const auto& vma) {
    // acquire: after what the readers did.
    // kernel: vma_start_write, atomic_cmpxchg (here acquire: no more is needed)
    const auto count = m.cmpxchg("StartWrite_Cas"_site, vma, vm_count, waited(), -1, acquire);
    return count == waited();
  }
  void vm_area_free(auto site, const auto& vma) { m.call_rcu(site, vma); }
  void next_seq(auto site, const auto& mm) { m.increment(site, mm, mm_lock_seq, release); }

  M& m;
  using Number = decltype(m.parameter("Limit"_parameter, 0));
  const Number limit;
  const Number flag;

 private:
  Self& self() { return static_cast<Self&>(*this); }
};

template <class M>
struct Holds : VmaCount<M, Holds<M>> {
  using VmaCount<M, Holds<M>>::VmaCount;
};

// ---- The endless tasks that use it -------------------------------------------------------------

/// Page faults, one after another. Who faults keeps its mm.
template <class Protocol>
void reader(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto mm = m.named("rmm"_local, m.template choose<Mm>());
    auto vma = p.lock_vma_under_rcu(mm);
    if (!vma) continue;
    m.load("Use_LoadData"_site, *vma, vm_data, plain);  // kernel: handle_mm_fault
    p.vma_end_read(*vma);
  }
}

/// The writers of an mm, which mmap_lock serialises. `max_sections`: how many sections may begin; 0
/// = any number.
template <class Protocol>
class Writer {
 public:
  Writer(Protocol& protocol, int max_sections) : p(protocol), m(p.m), max(max_sections) {}

  void run() {
    const auto mm = m.template own<Mm>();
    for (;;) {
      m.point("Writer_Idle"_point);
      if (max != 0) m.assume(m.peek(mm, mm_lock_seq) < max);
      m.group("MmapLock"_site);  // kernel: none, one task plays all writers of the mm
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
      m.assume(m.peek(mm, tree) == null);
      // kernel: vm_area_alloc
      auto vma = m.named("wvma"_local, m.template allocate<Vma>("Alloc_Slab"_site));
      // kernel: vma_lock_init
      m.group("Alloc_Init"_site, write(vma, vm_mm, mm), write(vma, vm_count, 0),
              write(vma, vm_lock_seq, -1), write(vma, vm_data, whole));
      return change(mm, vma);
    }
    m.assume(m.peek(mm, tree) != null);
    // kernel: vma_find, rcu_dereference (here plain: under mmap_lock nobody else writes the tree)
    auto vma = m.named("wvma"_local, m.load("Find_Walk"_site, mm, tree, plain));
    return change(mm, vma);
  }

  /// What is new is linked; what is in the tree is changed or unmapped.
  bool change(const auto& mm, auto& vma) {
    p.vma_start_write(mm, vma);
    m.point("Writer_Locked"_point);
    const int what = m.branch(3);
    if (what == 0) {
      m.assume(m.peek(mm, tree) == null);
      // release: what the VMA is before it is found.
      // kernel: mas_store_prealloc, rcu_assign_pointer
      m.store("Store_Tree"_site, mm, tree, vma, release);
      return true;
    }
    m.assume(m.peek(mm, tree) != null);
    if (what == 1) return modify(vma);
    return unmap(mm, vma);
  }
  // kernel: vm_flags_set
  bool modify(const auto& vma) {
    m.store("Modify_Begin"_site, vma, vm_data, torn, plain);
    m.store("Modify_End"_site, vma, vm_data, whole, plain);
    return true;
  }
  /// munmap() may downgrade mmap_lock and free what it isolated while it only reads.
  // kernel: vm_area_free
  bool unmap(const auto& mm, auto& vma) {
    // kernel: vma_iter_clear_gfp, rcu_assign_pointer
    m.store("Unmap_ClearTree"_site, mm, tree, null, release);
    m.point("Writer_Unmapped"_point);
    if (m.branch(2) == 0) {
      p.vm_area_free("Unmap_Free"_site, vma);
      return true;
    }
    p.vma_end_write_all("MmapDowngrade_"_site, mm);
    p.vm_area_free("Downgraded_Free"_site, vma);
    return !Protocol::downgrade_ends;
  }

  Protocol& p;
  decltype(Protocol::m)& m;
  const int max;
};

}  // namespace lockstep::vma_count
