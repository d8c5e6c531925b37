// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The page fault that tries the lock of one VMA first, and falls back to mmap_lock; and who changes
// VMAs meanwhile, by the rules that keep the fault right. The lock of a VMA is abstract, as every
// generation of it is. Sources: Suren Baghdasaryan's series of January 2023 (patches 17 to 38), and
// the answers of Jann Horn, Michal Hocko and Matthew Wilcox. Functions are called as in
// spec/kernel.json, though some do other things today.
//
//   vm_lock    n >= 0 readers; a writer that waits for them takes `waiting` from it; `locked`;
//              `detached`, where the VMA is in no tree
//   vm_end     how many addresses the VMA covers: its own, and that of its neighbour; 0: none
//   vm_flags   is it armed for userfaultfd?
//   mmap_lock  n > 0 readers, -1 a writer
//   hugetlb_rwsem, i_mmap_rwsem, anon_rwsem, page_table_lock
//              1 while somebody has it: of a hugetlb mapping, a mapping, an anon_vma, a page table
//   calls, successes, retries, aborts, refusals
//              events, each modulo a number
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep::fault {

using enum Order;

struct Mm {
  static constexpr std::string_view kind = "Mm";
};
struct Vma {
  static constexpr std::string_view kind = "Vma";
};

inline constexpr Field<"vm_lock", Vma, int> vm_lock;
inline constexpr Field<"anon_vma", Vma, int> anon_vma;
inline constexpr Field<"vm_flags", Vma, int> vm_flags;
inline constexpr Field<"vm_end", Vma, int> vm_end;
inline constexpr Field<"mmap_lock", Mm, int> mmap_lock;
inline constexpr Field<"hugetlb_rwsem", Mm, int> hugetlb_rwsem;
inline constexpr Field<"i_mmap_rwsem", Mm, int> i_mmap_rwsem;
inline constexpr Field<"anon_rwsem", Mm, int> anon_rwsem;
inline constexpr Field<"page_table_lock", Mm, int> page_table_lock;
inline constexpr Field<"notifiers", Mm, int> notifiers;
inline constexpr Field<"calls", Mm, int> calls;
inline constexpr Field<"successes", Mm, int> successes;
inline constexpr Field<"retries", Mm, int> retries;
inline constexpr Field<"aborts", Mm, int> aborts;
inline constexpr Field<"refusals", Mm, int> refusals;

inline constexpr int waiting = -8, locked = -16, detached = -32;  ///< vm_lock
inline constexpr int no = 0, yes = 1;                             ///< anon_vma, vm_flags, notifiers

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class Fault {
 public:
  /// `values`: how many an event counter has. `many`: has a VMA a neighbour?
  Fault(M& machine, int values, bool many) : m(machine), events(values), neighbours(many) {}

  // ---- The fault under the lock of one VMA -----------------------------------------------------

  /// Is the fault done? Else it takes mmap_lock.
  bool try_vma_lock(const auto& mm, const auto& vma) {
    if (self().vma_start_read(vma)) {
      m.point("Lookup_Locked"_point);
      if (m.branch(2) == 0) {
        if (self().is_good(mm, vma)) return self().handle_mm_fault(mm, vma);
      } else {
        if (self().file_fault(mm, vma)) return true;
      }
      // kernel: vma_end_read, up_read (here once: what was read has decided that it comes here)
      m.fetch_sub("Filter_EndRead"_site, vma, vm_lock, 1, once);
    }
    // kernel: lock_vma_under_rcu (here once: each CPU counts for itself)
    count("Abort_Count"_site, mm, aborts);
    return false;
  }
  /// The filters. The VMA is locked: what they find stays so.
  bool is_good(const auto& mm, const auto& vma) {
    if (!self().has_anon_vma(mm, vma)) return false;
    return self().is_not_armed(mm, vma);
  }
  bool handle_mm_fault(const auto& mm, const auto& vma) {
    m.point("Fault_Locked"_point);
    const int what = m.branch(4);
    if (what == 0) return self().access_error(mm, vma);
    if (what == 1) return self().do_swap_page(mm, vma);
    if (what == 2) {
      reclaim(mm);
    } else {
      install(mm, vma);
    }
    return success(mm, vma);
  }
  bool success(const auto& mm, const auto& vma) {
    // release: what the fault looked at, before what the next writer does to it.
    // kernel: vma_end_read, up_read
    // pairs with All_Drain, Next_Drain
    end_read("Success_EndRead"_site, vma);
    // kernel: do_user_addr_fault (here once: each CPU counts for itself)
    count("Success_Count"_site, mm, successes);
    return true;
  }
  bool retry(const auto& mm, const auto& vma) {
    m.load("Swap_Look"_site, vma, vm_flags, plain);  // kernel: do_swap_page
    // release: what the fault looked at, before what the next writer does to it.
    // kernel: vma_end_read, up_read
    // pairs with Vma_Drain
    end_read("Retry_EndRead"_site, vma);
    self().retried(mm);
    return signal_pending();
  }
  bool signal_pending() {
    m.point("Fault_Retry"_point);
    if (m.branch(2) == 0) return false;
    m.group("Signal_Return"_site);  // kernel: none, the fault is given up
    return true;
  }
  /// Memory is short: pages are taken from whoever has some.
  void reclaim(const auto& mm) {
    m.group("Reclaim_Alloc"_site);  // kernel: none, there is no free page
    // kernel: folio_lock_anon_vma_read, down_read (here once: nothing is read under it)
    lock("Reclaim_Lock"_site, mm, anon_rwsem);
    // kernel: folio_lock_anon_vma_read, up_read (here once: nothing is read under it)
    unlock("Reclaim_Unlock"_site, mm, anon_rwsem);
  }
  void install(const auto& mm, const auto& vma) {
    // kernel: mmu_notifier_invalidate_range_start, READ_ONCE
    const auto seen = m.named("rseen"_local, m.load("Notify_Start"_site, mm, notifiers, once));
    // kernel: pte_offset_map_lock, spin_lock (here once: nothing is read under it)
    lock("Page_Lock"_site, mm, page_table_lock);
    m.load("Page_Install"_site, vma, vm_end, plain);  // kernel: handle_mm_fault
    // kernel: pte_offset_map_lock, spin_unlock (here once: nothing is read under it)
    m.store("Page_Unlock"_site, mm, page_table_lock, 0, once);
    // kernel: mmu_notifier_invalidate_range_end, READ_ONCE
    m.load("Notify_End"_site, mm, notifiers, once);
  }

  // ---- The fault under mmap_lock ---------------------------------------------------------------

  void under_mmap_lock(const auto& mm, const auto& vma) {
    mmap_read_lock(mm);
    handle_locked(mm, vma);
  }
  void mmap_read_lock(const auto& mm) {
    // acquire: what the last writer did.
    // kernel: mmap_read_lock, down_read
    // pairs with Section_Unlock
    down_read("Slow_Lock"_site, mm);
  }
  bool found(const auto& end) { return end != 0; }
  void handle_locked(const auto& mm, const auto& vma) {
    while (again(mm, vma)) {
      mmap_read_lock(mm);
    }
  }

  // ---- Writers ---------------------------------------------------------------------------------

  void write(const auto& mm, const auto& vma) {
    if (m.branch(2) == 0) {
      section(mm, vma);
    } else {
      retract_page_tables(mm, vma);
    }
  }
  /// One rule, under mmap_lock.
  void section(const auto& mm, const auto& vma) {
    // acquire: what others did under mmap_lock.
    // kernel: mmap_write_lock, down_write
    // pairs with Bad_Unlock, Drop_Unlock, Slow_Unlock
    m.add_when("Section_Lock"_site, mm, mmap_lock, -1, acquire, [](auto n) { return n == 0; });
    // kernel: vma_find
    if (m.load("Section_Find"_site, vma, vm_end, plain) != 0) {
      if (!self().begins_otherwise(mm, vma)) rule(mm, vma);
    }
    // release: what the section has changed.
    // kernel: mmap_write_unlock, up_write
    // pairs with Slow_Lock
    m.fetch_add("Section_Unlock"_site, mm, mmap_lock, 1, release);
  }
  void arm(const auto& vma) {
    if (m.branch(2) == 0) {
      m.store("Arm_Set"_site, vma, vm_flags, yes, plain);  // kernel: vm_flags_set
    } else {
      m.store("Arm_Clear"_site, vma, vm_flags, no, plain);  // kernel: vm_flags_set
    }
  }
  /// mremap() with MREMAP_DONTUNMAP: the VMA stays, and its pages go.
  void move(const auto& mm, const auto& vma) {
    // kernel: anon_vma_lock_write, down_write (here once: nothing is read under it)
    lock("Move_Lock"_site, mm, anon_rwsem);
    m.store("Move_Clear"_site, vma, anon_vma, no, plain);  // kernel: unlink_anon_vmas
    // kernel: anon_vma_unlock_write, up_write (here once: nothing is read under it)
    unlock("Move_Unlock"_site, mm, anon_rwsem);
  }
  /// A merge, brk(), mmap() beside a VMA: it grows over its neighbour, which goes.
  void expand(const auto& mm, const auto& vma) {
    m.assume(m.peek(vma, vm_end) == 1);
    const auto next = neighbour(vma);
    announce("Next_"_site, next);
    // acquire: after what the readers did.
    // kernel: vma_start_write, down_write
    // pairs with Success_EndRead
    drain("Next_Drain"_site, next, acquire);
    const auto [own, its] = decide("Expand_"_site, vma, next);
    auto saw = m.named("wsaw"_local, own);
    if (saw == its) {
      // kernel: anon_vma_lock_write, down_write (here once: nothing is read under it)
      lock("Expand_Lock"_site, mm, anon_rwsem);
      grow(mm, vma, next, saw);
    } else {
      saw.forget();
      self().refuse(next);
    }
  }
  /// Two VMAs with anon_vmas of their own are not merged.
  auto decide(auto prefix, const auto& vma, const auto& next) {
    // kernel: is_mergeable_anon_vma
    return m.load(prefix + "Decide"_site, vma, anon_vma, plain, also(next, anon_vma));
  }
  void grow(const auto& mm, const auto& vma, const auto& next, auto& saw) {
    set_bounds(mm, vma, next);
    saw.forget();
    take_away(next);
  }
  void take_away(const auto& next) {
    // kernel: vma_mark_detached, smp_store_release (here once: nobody takes it any more)
    m.store("Next_EndWrite"_site, next, vm_lock, detached, once);
  }
  void set_bounds(const auto& mm, const auto& vma, const auto& next) {
    m.store("Expand_SetEnd"_site, vma, vm_end, 2, plain);  // kernel: vma_expand
    // kernel: vma_expand
    m.group("Expand_Remove"_site, lockstep::write(next, vm_end, 0),
            lockstep::write(next, anon_vma, no), lockstep::write(next, vm_flags, no));
    // kernel: anon_vma_unlock_write, up_write (here once: nothing is read under it)
    unlock("Expand_Unlock"_site, mm, anon_rwsem);
  }
  /// The other half is a new VMA, write-locked when it enters the tree.
  void split(const auto& vma) {
    m.assume(m.peek(vma, vm_end) == 2);
    const auto next = neighbour(vma);
    // kernel: vm_area_dup
    m.store("Split_CopyAnon"_site, next, anon_vma, also(vma, anon_vma), plain);
    if (Self::copies_flags) {
      // kernel: vm_area_dup
      m.store("Split_CopyFlags"_site, next, vm_flags, also(vma, vm_flags), plain);
    }
    // kernel: vma_start_write (here once: nobody has had it)
    m.store("Split_Attach"_site, next, vm_lock, Self::at_attach, once);
    m.store("Split_SetEnd"_site, vma, vm_end, 1, plain);    // kernel: __split_vma
    m.store("Split_SetNext"_site, next, vm_end, 1, plain);  // kernel: __split_vma
    vma_end_write("Split_"_site, next);
  }
  /// So that a notifier can be registered while no notification is under way. It is there for a
  /// while: who goes needs no locks.
  void take_all_locks(const auto& mm, const auto& vma) {
    if (neighbours) {
      m.assume(m.peek(vma, vm_end) == 1);
      const auto next = neighbour(vma);
      announce("All_"_site, next);
      // kernel: vma_start_write, down_write (here once: what is written comes behind a branch)
      drain("All_Drain"_site, next, once);
      register_notifier(mm);
      end_take_all(next);
    } else {
      register_notifier(mm);
    }
    unregister(mm, vma);
  }
  void unregister(const auto& mm, const auto& vma) {
    // kernel: vma_end_write_all, smp_store_release (here once: the VMA was not changed)
    m.store("All_EndVma"_site, vma, vm_lock, 0, once);
    unregister(mm);
  }
  void unregister(const auto& mm) {
    // kernel: mmu_notifier_unregister, WRITE_ONCE
    m.store("All_Unregister"_site, mm, notifiers, no, once);
  }
  void end_take_all(const auto& next) {
    // kernel: vma_end_write_all, smp_store_release (here once: the VMA was not changed)
    m.store("All_EndWrite"_site, next, vm_lock, 0, once);
  }
  void register_notifier(const auto& mm) {
    // kernel: vm_lock_mapping, down_write (here once: nothing is read under it)
    lock("All_HugeLock"_site, mm, hugetlb_rwsem);
    register_with_rest(mm);
  }
  void register_with_rest(const auto& mm) {
    // kernel: vm_lock_mapping, down_write (here once: nothing is read under it)
    lock("All_MapLock"_site, mm, i_mmap_rwsem);
    // kernel: vm_lock_anon_vma, down_write (here once: nothing is read under it)
    lock("All_AnonLock"_site, mm, anon_rwsem);
    // kernel: __mmu_notifier_register, WRITE_ONCE
    m.store("All_Register"_site, mm, notifiers, yes, once);
    // kernel: vm_unlock_anon_vma, up_write (here once: nothing is read under it)
    unlock("All_AnonUnlock"_site, mm, anon_rwsem);
    // kernel: vm_unlock_mapping, up_write (here once: nothing is read under it)
    unlock("All_MapUnlock"_site, mm, i_mmap_rwsem);
    // kernel: vm_unlock_mapping, up_write (here once: nothing is read under it)
    unlock("All_HugeUnlock"_site, mm, hugetlb_rwsem);
  }
  /// khugepaged, for each VMA of a file: whoever is in the way is let go.
  void retract_page_tables(const auto& mm, const auto& vma) {
    // kernel: i_mmap_lock_write, down_write (here once: nothing is read under it)
    lock("Retract_Lock"_site, mm, i_mmap_rwsem);
    if (self().mmap_write_trylock(mm)) {
      if (self().vma_try_write(vma)) retract(mm, vma);
      if (Self::takes_mmap_lock) {
        // kernel: mmap_write_unlock, up_write (here once: nothing was changed under it)
        m.fetch_add("Retract_MmapUnlock"_site, mm, mmap_lock, 1, once);
      }
    } else if (Self::keeps_mapping) {
      return;
    }
    // kernel: i_mmap_unlock_write, up_write (here once: nothing is read under it)
    unlock("Retract_Unlock"_site, mm, i_mmap_rwsem);
  }

  // ---- The parts that variants replace ---------------------------------------------------------

  bool vma_start_read(const auto& vma) {
    // acquire: the VMA as it was when its mark was released.
    // kernel: vma_start_read, down_read_trylock
    // pairs with Split_EndWrite, Vma_EndWrite
    const auto now = m.fetch_add_unless("Lookup_Trylock"_site, vma, vm_lock, 1, acquire,
                                        [](auto n) { return n < 0; });
    return !(now < 0);
  }
  bool has_anon_vma(const auto&, const auto& vma) {
    // kernel: lock_vma_under_rcu
    return m.load("Lookup_CheckAnon"_site, vma, anon_vma, plain) == yes;
  }
  bool is_not_armed(const auto&, const auto& vma) {
    // kernel: lock_vma_under_rcu
    return m.load("Lookup_CheckArmed"_site, vma, vm_flags, plain) == no;
  }
  /// A file may be behind the VMA: then mmap_lock is taken.
  bool file_fault(const auto&, const auto&) { return false; }
  bool access_error(const auto& mm, const auto& vma) {
    m.load("Access_Check"_site, vma, vm_flags, plain);  // kernel: access_error
    // release: what the fault looked at, before what the next writer does to it.
    // kernel: vma_end_read, up_read
    // pairs with Vma_Drain
    end_read("Access_EndRead"_site, vma);
    refused(mm);
    return false;
  }
  bool do_swap_page(const auto& mm, const auto& vma) { return retry(mm, vma); }
  void retried(const auto& mm) {
    // kernel: do_user_addr_fault (here once: each CPU counts for itself)
    count("Retry_Count"_site, mm, retries);
  }
  /// Does a section begin by something else than the lock of its VMA? Then it is done with it.
  bool begins_otherwise(const auto&, const auto&) { return false; }
  void refuse(const auto& next) {
    // kernel: vma_end_write_all, smp_store_release (here once: the VMA was not changed)
    m.store("Refuse_EndWrite"_site, next, vm_lock, 0, once);
  }
  static constexpr int at_attach = locked;
  static constexpr int announced = waiting;
  static constexpr bool keeps_mapping = false;
  static constexpr bool takes_mmap_lock = true;
  static constexpr bool copies_flags = true;
  bool mmap_write_trylock(const auto& mm) {
    // kernel: mmap_write_trylock, down_write_trylock
    const auto now = m.fetch_add_unless("Retract_Trylock"_site, mm, mmap_lock, -1, acquire,
                                        [](auto n) { return n != 0; });
    return now == 0;
  }
  bool vma_try_write(const auto& vma) {
    // kernel: vma_start_write, down_write_trylock
    const auto now = m.fetch_add_unless("Retract_VmaTrylock"_site, vma, vm_lock, locked, acquire,
                                        [](auto n) { return n != 0; });
    return now == 0;
  }

  // ---- What they are made of -------------------------------------------------------------------

  void end_read(auto site, const auto& vma) { m.fetch_sub(site, vma, vm_lock, 1, release); }
  void down_read(auto site, const auto& mm) {
    m.add_when(site, mm, mmap_lock, 1, acquire, [](auto n) { return n >= 0; });
  }
  void up_read(auto site, const auto& mm) { m.fetch_sub(site, mm, mmap_lock, 1, release); }
  /// No reader comes in any more; those inside may stay for a while.
  void announce(auto prefix, const auto& vma) {
    // kernel: vma_start_write, down_write (here once: the drain is the acquire)
    m.fetch_add(prefix + "StartWrite"_site, vma, vm_lock, Self::announced, once);
  }
  /// Until they have left.
  void drain(auto site, const auto& vma, Order order) {
    m.add_when(site, vma, vm_lock, locked - Self::announced, order,
               [](auto n) { return n == Self::announced; });
  }
  /// In Linux one act releases all marks; one after the other allows more.
  void vma_end_write(auto prefix, const auto& vma) {
    // release: what was written under the mark, before it is gone.
    // kernel: vma_end_write_all, smp_store_release
    // pairs with Lookup_Trylock
    m.store(prefix + "EndWrite"_site, vma, vm_lock, 0, release);
  }
  auto neighbour(const auto& vma) {
    auto next = m.named("wnext"_local, m.template choose<Vma>());
    m.assume(next != vma);
    return next;
  }
  void prepare(const auto& mm, const auto& vma) {
    // kernel: anon_vma_lock_write, down_write (here once: nothing is read under it)
    lock("Prepare_AnonLock"_site, mm, anon_rwsem);
    m.store("Prepare_Set"_site, vma, anon_vma, yes, plain);  // kernel: __anon_vma_prepare
    // kernel: anon_vma_unlock_write, up_write (here once: nothing is read under it)
    unlock("Prepare_AnonUnlock"_site, mm, anon_rwsem);
  }
  void refused(const auto& mm) {
    count("Access_Count"_site, mm, refusals);  // kernel: none, nobody counts them
  }
  void count(auto site, const auto& mm, const auto& field) {
    m.increment_modulo(site, mm, field, events, 0, once);
  }
  /// A lock that orders nothing here.
  void lock(auto site, const auto& mm, const auto& field) {
    m.add_when(site, mm, field, 1, once, [](auto n) { return n == 0; });
  }
  void unlock(auto site, const auto& mm, const auto& field) {
    m.fetch_sub(site, mm, field, 1, once);
  }

  M& m;
  const int events;
  const bool neighbours;

 protected:
  Self& self() { return static_cast<Self&>(*this); }

 private:
  /// mmap_lock is held, and is dropped here. Has the fault to be handled once more?
  bool again(const auto& mm, const auto& vma) {
    int what = 1;
    // kernel: vma_find
    if (self().found(m.load("Slow_Find"_site, vma, vm_end, plain))) {
      // kernel: __anon_vma_prepare
      if (m.load("Slow_CheckAnon"_site, vma, anon_vma, plain) == no) {
        prepare(mm, vma);
      }
      m.load("Slow_Look"_site, vma, vm_flags, plain);  // kernel: handle_mm_fault
      m.point("Slow_Locked"_point);
      what = m.branch(3);
    }
    // release: what was done under mmap_lock, before what the next writer does.
    if (what == 0) {
      // kernel: mmap_read_unlock, up_read
      // pairs with Section_Lock
      up_read("Slow_Unlock"_site, mm);
      return false;
    }
    if (what == 1) {
      // kernel: mmap_read_unlock, up_read
      // pairs with Section_Lock
      up_read("Bad_Unlock"_site, mm);
      return false;
    }
    // kernel: mmap_read_unlock, up_read
    // pairs with Section_Lock
    up_read("Drop_Unlock"_site, mm);
    return !signal_pending();
  }
  void rule(const auto& mm, const auto& vma) {
    announce("Vma_"_site, vma);
    // acquire: after what the readers did.
    // kernel: vma_start_write, down_write
    // pairs with Access_EndRead, Retry_EndRead
    drain("Vma_Drain"_site, vma, acquire);
    m.point("Writer_Locked"_point);
    const int what = m.branch(neighbours ? 5 : 3);
    if (what == 0) {
      arm(vma);
    } else if (what == 1) {
      move(mm, vma);
    } else if (what == 2) {
      return self().take_all_locks(mm, vma);
    } else if (what == 3) {
      self().expand(mm, vma);
    } else {
      split(vma);
    }
    vma_end_write("Vma_"_site, vma);
  }
  void retract(const auto& mm, const auto& vma) {
    // kernel: retract_page_tables
    auto saw = m.named("wsaw"_local, m.load("Retract_CheckArmed"_site, vma, vm_flags, plain));
    if (saw == no) {
      // kernel: pmd_lock, spin_lock (here once: nothing is read under it)
      lock("Retract_PageLock"_site, mm, page_table_lock);
      // kernel: pmd_lock, spin_unlock (here once: nothing is read under it)
      m.store("Retract_PageUnlock"_site, mm, page_table_lock, 0, once);
    }
    saw.forget();
    // kernel: vma_end_write_all, smp_store_release (here once: the VMA was not changed)
    m.store("Retract_EndWrite"_site, vma, vm_lock, 0, once);
  }
};

template <class M>
struct Holds : Fault<M, Holds<M>> {
  using Fault<M, Holds<M>>::Fault;
};

// ---- The endless tasks that use it -------------------------------------------------------------

/// Page faults, one after another.
template <class Protocol>
void faults(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Fault_Idle"_point);
    const auto mm = m.named("rmm"_local, m.template choose<Mm>());
    const auto vma = m.named("rvma"_local, m.template choose<Vma>());
    if (m.branch(2) == 0) {
      // kernel: none, the call of lock_vma_under_rcu()
      p.count("Fault_Call"_site, mm, calls);
      if (p.try_vma_lock(mm, vma)) continue;
    } else {
      m.group("Kernel_Enter"_site);  // kernel: none, no user's fault, or nobody else has the mm
    }
    p.under_mmap_lock(mm, vma);
  }
}
/// System calls, and khugepaged.
template <class Protocol>
void writer(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Writer_Idle"_point);
    const auto mm = m.named("wmm"_local, m.template choose<Mm>());
    const auto vma = m.named("wvma"_local, m.template choose<Vma>());
    p.write(mm, vma);
  }
}

}  // namespace lockstep::fault
