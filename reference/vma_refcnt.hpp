// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The reference-counted per-VMA lock of Linux 7.x and its type-safe lookup, as a template over the
// machine that owns the shared cells. Sources: Suren Baghdasaryan's series of December 2024 to
// February 2025; the form of v7.0 and later. Every call on `m` that takes a name ending in _site is
// one access to shared memory, and one action of spec/vma_refcnt/VmaRefcnt.tla. The comments beside
// sites about Linux and about partners are checked (spec/README.md).
//
//   vm_refcnt   0 detached; 1 attached; 1 + n read-locked by n; flag + 1 + n a writer waits for n
//               readers to leave; flag + n the same while it detaches
//   vm_lock_seq equal to the mm's mm_lock_seq: write-locked. One increment of mm_lock_seq, when
//               mmap_lock is released or downgraded, unlocks every VMA of the mm
#pragma once

#include <optional>
#include <utility>

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"
#include "rcuwait.hpp"

namespace lockstep::vma_refcnt {

using enum Order;

struct Address {
  static constexpr std::string_view kind = "Slot";
};
struct Mm {
  static constexpr std::string_view kind = "Mm";
};
struct Vma {
  static constexpr std::string_view kind = "Vma";
};

inline constexpr Field<"vm_mm", Vma, Mm> vm_mm;
inline constexpr Field<"vm_start", Vma, Address> vm_start;
inline constexpr Field<"vm_lock_seq", Vma, int> vm_lock_seq;
inline constexpr Field<"vm_refcnt", Vma, int> vm_refcnt;
inline constexpr Field<"vm_data", Vma, int> vm_data;  ///< a page fault reads it, a writer writes it
inline constexpr Field<"mm_lock_seq", Mm, int> mm_lock_seq;
inline constexpr ArrayField<"tree", Mm, Vma, Address> tree;
inline constexpr Field<"writer_wait", Mm, Task> writer_wait;
/// Who keeps the mm: its tasks, by one count that they hold together, and readers. At 0 it is
/// freed.
inline constexpr Field<"mm_count", Mm, int> mm_count;
/// mmap_lock: -1 while a writer has it, or so many readers. One task stands for all writers, so
/// only a form that has readers of it needs it.
inline constexpr Field<"mmap_lock", Mm, int> mmap_lock;

inline constexpr int no_seq = -1;          ///< vm_lock_seq of a new VMA: no section's number
inline constexpr int torn = 0, whole = 1;  ///< vm_data while it is written, and after

/// What became of an attempt to read-lock a VMA.
enum class Attempt { locked, failed, again };
/// What it leaves in the place of the VMA when the lookup must start anew.
inline constexpr ModelValue<"Again"> again;
/// What a writer does to a VMA that it has marked.
enum class Change { modify, duplicate, unmap, replace };
/// What a writer does next with the VMA at hand: nothing; mark it; decide what becomes of it, which
/// is detached; put another in its place; free it, from a site or from a point.
enum class Next { none, mark, part, replace, free, free_from_point };
/// How it ends that a writer keeps readers out: a detached VMA has none; a task may be killed.
enum class Exclusion { detached, complete, killed };

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class VmaRefcnt {
 public:
  /// `reader_limit`: the largest count that a reader may reach; `exclude_readers_flag`, which is
  /// above it, is what a waiting writer adds.
  VmaRefcnt(M& machine, int reader_limit, int exclude_readers_flag)
      : m(machine),
        limit(m.parameter("Limit"_parameter, reader_limit)),
        flag(m.parameter("Flag"_parameter, exclude_readers_flag) + Self::writer_counts) {}

  // ---- Readers ---------------------------------------------------------------------------------

  /// The VMA of `mm` at `address`, read-locked; or nothing: write-locked, in transition, not there.
  auto lock_vma_under_rcu(const auto& mm, const auto& address) {
    self().rcu_read_lock("Lookup_RcuLock"_site);
    for (;;) {
      // kernel: mas_walk, rcu_dereference
      auto vma = m.named("rvma"_local, m.load("Lookup_Walk"_site, mm, tree[address], once));
      std::optional<decltype(vma)> found;
      if (vma == null) {
        self().rcu_read_unlock("Lookup_RcuUnlockNone"_site);
        if (self().fall_back(mm, address, vma)) found.emplace(std::move(vma));
        return found;
      }
      const Attempt attempt = self().vma_start_read(mm, vma);
      if (attempt == Attempt::failed) {
        if (self().fall_back(mm, address, vma)) found.emplace(std::move(vma));
        return found;
      }
      if (attempt == Attempt::locked) {
        self().rcu_read_unlock("Lookup_RcuUnlock"_site);
        // The count pins the VMA now; but it may have been recycled for another address.
        if (self().covers(vma, address)) {
          found.emplace(std::move(vma));
        } else {
          vma_end_read(vma);
        }
        return found;
      }
      // Detached under us. The section has ended, so the walk must begin anew.
      vma.forget();
      self().rcu_read_lock("Lookup_RcuRelock"_site);
    }
  }

  /// Entered inside an RCU section, which every failing exit ends. Until the count is raised `vma`
  /// may be freed and recycled at any moment: only its type is certain.
  Attempt vma_start_read(const auto& mm, auto& vma) {
    if (self().maybe_write_locked(mm, vma)) {
      vma = Self::when_marked;
      return start_read_failed(vma);
    }
    const auto count = self().refcount_inc_limited(vma);
    if (self().detached(count)) {
      vma = again;
      return start_read_failed(vma);
    }
    if (self().too_many(count)) {
      vma = null;
      return start_read_failed(vma);
    }
    if (self().put_if_other_mm(mm, vma)) return Attempt::failed;
    if (self().is_write_locked(mm, vma)) {
      self().vma_refcount_put("StartRead_Put"_site, vma);
      return start_read_failed(vma);
    }
    return Attempt::locked;
  }

  void vma_end_read(auto& vma) { self().vma_refcount_put("Put_"_site, vma); }

  // ---- Writers, under mmap_lock ----------------------------------------------------------------

  /// The sequence is odd while mmap_lock is write-locked.
  void mmap_write_lock(const auto& mm) {
    self().down_write(mm);
    // A seqcount is incremented plainly, and KCSAN is told so.
    // races with StartRead_RecheckSeq
    m.increment("MmapLock_SeqBegin"_site, mm, mm_lock_seq, plain);
    m.fence("MmapLock_Wmb"_site, wmb);  // kernel: smp_wmb
  }

  /// Releases every write mark at once.
  void vma_end_write_all(auto prefix, const auto& mm) {
    // wmb: what was written under the marks is visible before they are gone.
    // kernel: smp_wmb
    // pairs with StartRead_RecheckSeq
    m.fence(prefix + "Wmb"_site, wmb);
    // races with StartRead_CheckSeq, StartRead_RecheckSeq
    self().seqcount_end(prefix + "SeqEnd"_site, mm);
  }

  /// Returns once no reader is inside, with `vma` marked; it stays so until vma_end_write_all().
  /// A task that is killed while it waits leaves no mark.
  Exclusion vma_start_write(const auto& mm, const auto& vma) {
    const auto [seq, now] =
        m.load("StartWrite_CheckSeq"_site, vma, vm_lock_seq, plain, also(mm, mm_lock_seq));
    if (seq == now) return Exclusion::complete;
    const Exclusion how = self().exclude_readers("StartWrite_"_site, mm, vma, flag + 1);
    if (how == Exclusion::killed) return how;
    const auto exclusive = m.named("wexcl"_local, how == Exclusion::complete);
    // kernel: __vma_start_write, WRITE_ONCE
    m.store("StartWrite_SetSeq"_site, vma, vm_lock_seq, also(mm, mm_lock_seq), once);
    if (exclusive) {
      // release: whoever gets the count from here on sees the mark.
      // kernel: __vma_end_exclude_readers, refcount_sub_and_test
      // pairs with StartRead_IncRef
      self().end_exclude_readers("StartWrite_ClearFlag"_site, vma);
      return Exclusion::complete;
    }
    return Exclusion::detached;
  }

  void vma_mark_attached(const auto& vma) {
    // release: the fields before the count.
    // kernel: refcount_set_release
    // pairs with StartRead_IncRef
    m.store("Attach_SetRefcnt"_site, vma, vm_refcnt, 1, release);
  }

  /// Attached before it is in the tree, and marked before both.
  void vma_iter_store_new(const auto& mm, const auto& address, const auto& vma) {
    vma_mark_attached(vma);
    // kernel: rcu_assign_pointer
    // pairs with Lookup_Walk
    m.store("Store_Tree"_site, mm, tree[address], vma, release);
  }

  /// Only after the count is zero may the VMA be freed. A reader may have raised it for a moment:
  /// it will see the mark and give it back.
  void vma_mark_detached(const auto& mm, const auto& vma) {
    // kernel: __refcount_dec_and_test
    if (m.fetch_sub("Detach_Dec"_site, vma, vm_refcnt, 1, release) == 1) {
      // acquire: no reader that has left still looks at it when the slab hands it out again.
      // kernel: smp_acquire__after_ctrl_dep
      // pairs with Put_Dec
      m.acquire_after_ctrl_dep("Detach_Dead"_site);
      return;
    }
    if (self().exclude_readers("Detach_"_site, mm, vma, flag) == Exclusion::complete) {
      // kernel: __vma_end_exclude_readers, refcount_sub_and_test
      self().end_exclude_readers("Detach_ClearFlag"_site, vma);
      // The same. The count is zero now; the branch that the wait ended with is enough.
      // kernel: __vma_end_exclude_readers, smp_acquire__after_ctrl_dep
      // pairs with StartRead_PutDec
      m.acquire_after_ctrl_dep("Detach_Drained"_site);
    }
  }

  /// Detached before it is out of the tree.
  Next vma_iter_clear(const auto& mm, const auto& address, const auto& vma) {
    self().vma_mark_detached(mm, vma);
    // kernel: vma_iter_clear_gfp, rcu_assign_pointer
    m.store("Unmap_ClearTree"_site, mm, tree[address], null, release);
    return Next::free;
  }

  /// Fills a VMA that the slab has just handed out. Readers of its former life may still look at
  /// it.
  // kernel: vm_area_alloc
  void vm_area_init(const auto& mm, const auto& vma, const auto& address) {
    // While the count is 0 nobody looks at these four; but for the count itself, over which Linux
    // runs a memset().
    // races with StartRead_IncRef
    m.group("Alloc_Init"_site, write(vma, vm_refcnt, 0), write(vma, vm_mm, mm),
            write(vma, vm_start, address), write(vma, vm_data, whole));
    m.store("Alloc_SetSeq"_site, vma, vm_lock_seq, no_seq, plain);
  }

  /// Copies `source` field by field: never its count.
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    m.store("Dup_CopyMm"_site, vma, vm_mm, also(source, vm_mm), plain);
    m.store("Dup_CopyData"_site, vma, vm_data, also(source, vm_data), plain);
    source.forget();
    m.store("Dup_SetSeq"_site, vma, vm_lock_seq, no_seq, plain);
    // kernel: refcount_set
    m.store("Dup_SetRefcnt"_site, vma, vm_refcnt, 0, once);
    m.store("Dup_SetStart"_site, vma, vm_start, address, plain);
  }

  // ---- The parts that variants replace ---------------------------------------------------------

  /// Errors give up what is not attached, and attach again what was detached; and a writer chooses
  /// the order in which it unlinks.
  static constexpr bool chooses = false;
  static constexpr bool marks_new = true;  ///< a writer marks a new VMA before it attaches it
  /// What it may do to a VMA of the tree before it has marked it.
  static constexpr std::optional<Change> unmarked = {};
  static constexpr Null when_marked = null;  ///< what the lookup finds: mmap_lock will do
  static constexpr int writer_counts = 0;    ///< what a waiting writer adds besides the flag
  static constexpr int fault_pins = 1;       ///< what a page fault adds to the count of its mm
  /// May a page fault begin in an mm with that count?
  static constexpr auto may_fault = [](const auto& count) { return count != 0; };

  void mmap_write_downgrade(const auto& mm) {
    vma_end_write_all("MmapDowngrade_"_site, mm);
    self().downgrade_write(mm);
  }
  void down_write(const auto&) {}       ///< mmap_lock itself
  void up_write(const auto&) {}         ///< the same
  void downgrade_write(const auto&) {}  ///< the same
  void up_read(const auto&) {}          ///< of a writer that has downgraded it
  /// The lookup has failed. Is `vma` the one at `address`, read-locked under mmap_lock?
  bool fall_back(const auto&, const auto&, const auto&) { return false; }

  void rcu_read_lock(auto site) { m.rcu_read_lock(site); }
  void rcu_read_unlock(auto site) { m.rcu_read_unlock(site); }

  /// Before any lock. A false "locked" is allowed, a false "unlocked" is found out by the recheck.
  // kernel: vma_start_read, READ_ONCE
  bool maybe_write_locked(const auto& mm, const auto& vma) {
    const auto seq =
        m.named("rseq"_local, m.load("StartRead_LoadSeq"_site, vma, vm_lock_seq, once));
    return seq == m.load("StartRead_CheckSeq"_site, mm, mm_lock_seq, once);
  }

  /// The count before; raised unless it was zero or at the limit.
  auto refcount_inc_limited(const auto& vma) {
    // acquire: the fields of a new life and the mark. With less, the checks that follow could be
    // done on values of a former life.
    // kernel: vma_start_read, __refcount_inc_not_zero_limited_acquire
    // pairs with Attach_SetRefcnt, StartWrite_ClearFlag
    return m.fetch_add_unless("StartRead_IncRef"_site, vma, vm_refcnt, 1, acquire,
                              [this](auto n) { return either(n == 0, self().too_many(n)); });
  }
  bool detached(const auto& count) { return count == 0; }
  auto too_many(const auto& count) { return count >= limit; }

  /// The object may be another mm's by now: then it is given back, outside of the RCU section.
  // kernel: vma_start_read
  bool put_if_other_mm(const auto& mm, auto& vma) {
    const auto found = m.load("StartRead_CheckMm"_site, vma, vm_mm, plain);
    if (found == mm) return false;
    const auto other = m.named("rother"_local, found);
    self().rcu_read_unlock("StartRead_RcuUnlockUnstable"_site);
    self().put_unstable(vma, other);
    return true;
  }
  /// No task of ours keeps the other mm. As long as its VMA is counted it cannot exit; while its
  /// writer is woken nothing would keep it but a count of our own (CVE-2025-38554).
  void put_unstable(auto& vma, const auto& other) {
    self().mmgrab("Unstable_Grab"_site, other);  // kernel: mmgrab, atomic_inc
    self().vma_refcount_put("Unstable_Put"_site, vma);
    self().mmdrop("Unstable_Drop"_site, other);  // kernel: mmdrop, atomic_dec_and_test
  }
  void mmgrab(auto site, const auto& mm) { m.fetch_add(site, mm, mm_count, 1, once); }
  /// full: whoever frees the mm does so after all that others did with it.
  void mmdrop(auto site, const auto& mm) { m.fetch_sub(site, mm, mm_count, 1, full); }

  /// The count is held, so vm_lock_seq cannot change.
  bool is_write_locked(const auto& mm, const auto& vma) {
    // acquire: what was written under a mark that is over must be seen.
    // kernel: vma_start_read, smp_load_acquire
    // pairs with MmapUnlock_Wmb, MmapDowngrade_Wmb
    const auto [now, seq] =
        m.load("StartRead_RecheckSeq"_site, mm, mm_lock_seq, acquire, also(vma, vm_lock_seq));
    return seq == now;
  }

  // kernel: lock_vma_under_rcu
  bool covers(const auto& vma, const auto& address) {
    return m.load("Lookup_CheckRange"_site, vma, vm_start, plain) == address;
  }

  /// Gives a count back. The mm is read before, while the count still pins the VMA: nothing of the
  /// VMA may be read after.
  void vma_refcount_put(auto prefix, auto& vma) {
    // release: what the reader did stays before what the writer does when it has seen the count go.
    // kernel: __refcount_dec_and_test
    // pairs with CheckCount, Detach_Dead, Detach_Drained
    const auto [count, mm] =
        m.fetch_sub(prefix + "Dec"_site, vma, vm_refcnt, 1, release, also(vma, vm_mm));
    vma.forget();
    if (self().only_writer_left(count - 1)) {
      auto waiting = m.named("rwake"_local, mm);
      rcuwait_wake_up(m, prefix, waiting, writer_wait);
    }
  }
  /// The writer may be asleep; besides it there is the tree's count, unless it detaches.
  bool only_writer_left(const auto& count) { return both(count >= flag, count <= flag + 1); }

  /// Keeps new readers out and waits for those inside.
  Exclusion exclude_readers(auto prefix, const auto& mm, const auto& vma, const auto& target) {
    // kernel: __vma_start_exclude_readers, refcount_add_not_zero
    const auto count = m.fetch_add_unless(prefix + "SetFlag"_site, vma, vm_refcnt, flag, once,
                                          [](auto n) { return n == 0; });
    if (count == 0) return Exclusion::detached;
    return self().wait_for_readers(prefix, mm, vma, target);
  }
  Exclusion wait_for_readers(auto prefix, const auto& mm, const auto& vma, const auto& target) {
    rcuwait_wait_event(m, prefix, mm, writer_wait, [&] { return count_is(prefix, vma, target); });
    return Exclusion::complete;
  }
  bool count_is(auto prefix, const auto& vma, const auto& target) {
    // kernel: __vma_start_exclude_readers, refcount_read
    return m.load(prefix + "CheckCount"_site, vma, vm_refcnt, once) == target;
  }
  void end_exclude_readers(auto site, const auto& vma) {
    m.fetch_sub(site, vma, vm_refcnt, flag, release);
  }

  /// Goes on when nothing of the mm is mapped any more: sections before have unmapped it.
  void exit_mmap(const auto& mm) {
    // kernel: rcu_dereference
    m.wait_every("Exit_Walk"_site, mm, tree, null);
  }

  void seqcount_end(auto site, const auto& mm) { m.increment(site, mm, mm_lock_seq, plain); }

  /// The one RCU unlock that most failing exits share.
  // kernel: vma_start_read
  Attempt start_read_failed(const auto& vma) {
    self().rcu_read_unlock("StartRead_RcuUnlock"_site);
    return vma == again ? Attempt::again : Attempt::failed;
  }

  M& m;
  using Number = decltype(m.parameter("Limit"_parameter, 0));
  const Number limit;
  const Number flag;

 private:
  Self& self() { return static_cast<Self&>(*this); }
};

/// One order of everything: a simple special case of what Linux does.
template <class M>
struct Holds : VmaRefcnt<M, Holds<M>> {
  using VmaRefcnt<M, Holds<M>>::VmaRefcnt;
};

}  // namespace lockstep::vma_refcnt
