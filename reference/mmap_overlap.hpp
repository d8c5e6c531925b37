// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The life of a page table: who may walk it, who may install it, and who has to be kept out before
// it is freed. There is one range of addresses, which one page table covers, and beside it a stack
// that may grow into it. Sources: Peter Zijlstra on the overlapping mmap() (19 Dec 2024); Suren
// Baghdasaryan's series of January 2023 (patches 18, 24, 25, 38) and Jann Horn's answer to
// patch 18. Functions are called as in spec/kernel.json, though some do other things today.
//
//   mm_vma     the VMA that the tree has for the range
//   mm_stack   the VMA behind it, which may grow over it
//   pmd        the page table of the range
//   pte        of a page table: whose page is mapped there. A page is called like its VMA
//   rmap       the VMA that rmap finds for a page of the range, by either of two locks
//   locks      n >= 0 readers; -1 a writer
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep::mmap_overlap {

using enum Order;

struct Mm {
  static constexpr std::string_view kind = "Mm";
};
struct Vma {
  static constexpr std::string_view kind = "Vma";
};
struct Table {
  static constexpr std::string_view kind = "Table";
};

inline constexpr Field<"vm_lock", Vma, int> vm_lock;
inline constexpr Field<"vm_pins", Vma, int> vm_pins;
inline constexpr Field<"pte", Table, Vma> pte;
inline constexpr Field<"mmap_lock", Mm, int> mmap_lock;
inline constexpr Field<"mm_vma", Mm, Vma> mm_vma;
inline constexpr Field<"mm_stack", Mm, Vma> mm_stack;
inline constexpr Field<"pmd", Mm, Table> pmd;
inline constexpr Field<"rmap", Mm, Vma> rmap;
inline constexpr Field<"file_lock", Mm, int> file_lock;
inline constexpr Field<"anon_lock", Mm, int> anon_lock;

inline constexpr auto no_writer = [](auto n) { return n >= 0; };
inline constexpr auto nobody = [](auto n) { return n == 0; };

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class MmapOverlap {
 public:
  explicit MmapOverlap(M& machine) : m(machine) {}

  // ---- A page fault ----------------------------------------------------------------------------

  void fault(const auto& mm) {
    auto slow = m.named("rslow"_local, false);
    // kernel: mas_walk, rcu_dereference
    auto vma = m.named("rvma"_local, m.load("Lookup_Walk"_site, mm, mm_vma, once));
    if (!self().lock_vma_under_rcu(mm, vma)) {
      slow = true;
      if (!self().fault_locked(mm, vma)) {
        mmap_read_unlock(mm);
        return;
      }
    }
    handle_mm_fault(mm, vma, slow);
  }
  /// A fault in the stack, under its lock: the stack grows.
  void fault_in_stack(const auto& mm) {
    auto slow = m.named("rslow"_local, false);
    // kernel: mas_walk, rcu_dereference
    auto vma = m.named("rvma"_local, m.load("Stack_Walk"_site, mm, mm_stack, once));
    if (vma == null) return;
    if (!self().vma_start_read("Stack_"_site, vma)) return;
    if (self().grow(mm, vma)) {
      handle_mm_fault(mm, vma, slow);
    } else {
      self().vma_end_read(vma);
    }
  }
  void mmap_read_unlock(const auto& mm) {
    // release: what the fault did, before the next writer.
    // kernel: mmap_read_unlock, up_read
    // pairs with MmapLock_Write
    m.fetch_sub("Fault_MmapUnlock"_site, mm, mmap_lock, 1, release);
  }
  void vma_end_read(const auto& vma) {
    // release: what the fault did, before the next writer.
    // kernel: vma_end_read, up_read
    // pairs with Old_StartWrite, Neighbour_StartWrite, Collapse_StartWrite
    m.fetch_sub("EndRead_Unlock"_site, vma, vm_lock, 1, release);
  }
  /// False where the VMA is write-locked.
  bool vma_start_read(auto prefix, auto& vma) {
    // acquire: what was done under the mark.
    // kernel: vma_start_read, down_read_trylock
    // pairs with Writer_OldEndWrite, Writer_NeighbourEndWrite, Downgrade_OldEndWrite,
    // Collapse_EndWrite
    const auto readers = m.fetch_add_unless(prefix + "Trylock"_site, vma, vm_lock, 1, acquire,
                                            [](auto n) { return n < 0; });
    if (readers < 0) {
      vma = null;
      return false;
    }
    return true;
  }
  /// True: `vma` is locked, and in the tree.
  bool lock_vma_under_rcu(const auto& mm, auto& vma) {
    return vma != null && self().vma_start_read("Lookup_"_site, vma) && self().rewalk(mm, vma);
  }
  bool rewalk(const auto& mm, auto& vma) {
    // kernel: mas_walk, rcu_dereference
    if (m.load("Lookup_Rewalk"_site, mm, mm_vma, once) == vma) return true;
    self().missed(vma);
    vma = null;
    return false;
  }
  void missed(const auto& vma) {
    // kernel: vma_end_read, up_read (here once: the fault has done nothing)
    m.fetch_sub("Miss_Unlock"_site, vma, vm_lock, 1, once);
  }
  /// With mmap_lock, where none is there or it cannot be locked. The stack grows. False: there is
  /// nothing.
  bool fault_locked(const auto& mm, auto& vma) {
    // acquire: what was done under mmap_lock.
    // kernel: mmap_read_lock, down_read
    // pairs with Writer_MmapUnlock, Collapse_MmapUnlock, Downgrade_Mmap
    m.add_when("Fault_MmapLock"_site, mm, mmap_lock, 1, acquire, no_writer);
    // kernel: vma_find, rcu_dereference
    vma = m.load("Fault_Find"_site, mm, mm_vma, once);
    if (vma != null) return true;
    // kernel: vma_find, rcu_dereference
    vma = m.load("Fault_FindStack"_site, mm, mm_stack, once);
    return vma != null && self().grow_locked(mm, vma);
  }
  bool grow_locked(const auto& mm, auto& vma) {
    expand("Fault_"_site, mm, vma);
    return true;
  }
  /// The range is the stack's from now on, or was. False: it is another's.
  bool grow(const auto& mm, const auto& vma) {
    // kernel: expand_downwards, rcu_dereference
    const auto other = m.load("Stack_Look"_site, mm, mm_vma, once);
    if (other != null) return other == vma;
    expand("Stack_"_site, mm, vma);
    return true;
  }
  void expand(auto prefix, const auto& mm, const auto& vma) {
    m.store(prefix + "Link"_site, mm, rmap, vma, once);  // kernel: expand_downwards, WRITE_ONCE
    // kernel: expand_downwards, rcu_assign_pointer (here once: the VMA is there already)
    m.store(prefix + "Grow"_site, mm, mm_vma, vma, once);
  }

  // ---- Who walks page tables -------------------------------------------------------------------

  /// The page is mapped, and whichever lock it was is dropped.
  void handle_mm_fault(const auto& mm, const auto& vma, const auto& slow) {
    set_pte(mm, vma);
    if (slow) {
      mmap_read_unlock(mm);
    } else {
      self().vma_end_read(vma);
    }
  }
  /// There is a page table afterwards.
  void set_pte(const auto& mm, const auto& vma) {
    // kernel: handle_mm_fault, READ_ONCE
    auto table = m.named("rtable"_local, m.load("Walk_Pmd"_site, mm, pmd, once));
    if (table == null) pte_alloc(mm, table);
    m.store("Set_Pte"_site, table, pte, vma, once);  // kernel: set_ptes, WRITE_ONCE
  }
  void pte_alloc(const auto& mm, auto& table) {
    m.point("Reader_NoTable"_point);
    table = m.template allocate<Table>("Pte_Alloc"_site);  // kernel: pte_alloc_one
    m.store("Pte_Init"_site, table, pte, null, plain);     // kernel: pte_alloc_one
    if (self().pmd_install(mm, table)) return;
    m.free("Pte_Free"_site, table);  // kernel: pte_free
    // kernel: handle_mm_fault, READ_ONCE
    table = m.load("Walk_Again"_site, mm, pmd, once);
  }
  bool pmd_install(const auto& mm, const auto& table) {
    // release: the page table is empty before anybody walks it. One step: under the pmd's lock.
    // kernel: pmd_install (here release: smp_wmb() and a store, under the lock of the pmd)
    // pairs with Gup_Pmd
    return m.cmpxchg("Pmd_Install"_site, mm, pmd, null, table, release) == null;
  }
  /// By rmap, with one lock or the other: what is mapped there is unmapped.
  void rmap_walk(auto prefix, const auto& mm, const auto& lock) {
    // acquire: what was done to the mapping before.
    // kernel: rmap_walk_file, down_read
    // pairs with Clean_FileUnlock, Collapse_FileUnlock, Clean_AnonUnlock, Collapse_AnonUnlock
    m.add_when(prefix + "Lock"_site, mm, lock, 1, acquire, no_writer);
    // kernel: rmap_walk_file, READ_ONCE
    if (m.load(prefix + "Find"_site, mm, rmap, once) != null) {
      // kernel: try_to_unmap_one, READ_ONCE
      const auto table = m.named("rtable"_local, m.load(prefix + "Pmd"_site, mm, pmd, once));
      // kernel: try_to_unmap_one, WRITE_ONCE
      if (table != null) m.store(prefix + "Clear"_site, table, pte, null, once);
    }
    // release: what was looked at, before it is taken away.
    // kernel: rmap_walk_file, up_read
    // pairs with Clean_FileLock, Collapse_FileLock, Clean_AnonLock, Collapse_AnonLock
    m.fetch_sub(prefix + "Unlock"_site, mm, lock, 1, release);
  }
  /// With no lock at all.
  void gup_fast(const auto& mm) {
    m.rcu_read_lock("Gup_IrqSave"_site);  // kernel: gup_fast_fallback
    {
      // kernel: gup_fast_pmd_range, READ_ONCE
      auto table = m.named("rtable"_local, m.load("Gup_Pmd"_site, mm, pmd, once));
      if (table == null) self().no_table(mm, table);
      if (table != null) {
        // kernel: gup_fast_pte_range, READ_ONCE
        const auto page = m.named("rpage"_local, m.load("Gup_Pte"_site, table, pte, once));
        if (page != null && self().pin(mm, table, page)) {
          self().irq_restore("Gup_IrqRestorePinned"_site);  // kernel: gup_fast_fallback
          // kernel: gup_put_folio, atomic_sub_and_test (here once: what is done with the page is
          // not here)
          m.fetch_sub("Gup_Put"_site, page, vm_pins, 1, once);
          return;
        }
      }
    }
    self().irq_restore("Gup_IrqRestore"_site);  // kernel: gup_fast_fallback
  }
  /// Pinned, and still the page of the range?
  bool pin(const auto& mm, auto& table, const auto& page) {
    // kernel: try_grab_folio_fast, atomic_add_unless (here once: its barrier is Gup_Mb)
    m.fetch_add("Gup_Pin"_site, page, vm_pins, 1, once);
    const bool same = self().still(mm, table);
    table.forget();
    // kernel: gup_put_folio, atomic_sub_and_test (here once: nothing was done with the page)
    if (!same) m.fetch_sub("Gup_Unpin"_site, page, vm_pins, 1, once);
    return same;
  }
  bool still(const auto& mm, const auto& table) {
    // mb: the pin is seen by whoever clears the pmd, or the pmd is seen to be clear.
    // kernel: none, atomic_add_unless() is a barrier itself
    // pairs with Collapse_Mb
    m.fence("Gup_Mb"_site, mb);
    // kernel: gup_fast_pte_range, READ_ONCE
    return m.load("Gup_Recheck"_site, mm, pmd, once) == table;
  }
  void irq_restore(auto site) { m.rcu_read_unlock(site); }

  // ---- Locks, for writing ----------------------------------------------------------------------

  void mmap_write_lock(const auto& mm) {
    // acquire: what faults did under it.
    // kernel: mmap_write_lock, down_write
    // pairs with Fault_MmapUnlock
    m.add_when("MmapLock_Write"_site, mm, mmap_lock, -1, acquire, nobody);
  }
  void mmap_write_downgrade(const auto& mm) {
    // release: the VMA is out of the tree before a fault looks.
    // kernel: mmap_write_downgrade (here release: downgrade_write(), as a store)
    // pairs with Fault_MmapLock
    m.store("Downgrade_Mmap"_site, mm, mmap_lock, 1, release);
  }
  void vma_start_write(auto prefix, const auto& vma) {
    // acquire: what the readers of the VMA did.
    // kernel: vma_start_write, down_write
    // pairs with EndRead_Unlock
    m.add_when(prefix + "StartWrite"_site, vma, vm_lock, -1, acquire, nobody);
  }
  /// In Linux one act releases all marks; one after the other allows more.
  void vma_end_write(auto site, const auto& vma) { m.store(site, vma, vm_lock, 0, release); }
  /// Nobody walks by rmap: both of its locks.
  void lock_rmap(auto prefix, const auto& mm) {
    // kernel: unlink_file_vma_batch_process, down_write (here once: what follows is stored if it is
    // free)
    m.add_when(prefix + "FileLock"_site, mm, file_lock, -1, once, nobody);
    // kernel: unlink_anon_vmas, down_write (here once: what follows is stored if it is free)
    m.add_when(prefix + "AnonLock"_site, mm, anon_lock, -1, once, nobody);
  }
  void unlock_rmap(auto prefix, const auto& mm) {
    // release: what was done to the mapping.
    // kernel: unlink_anon_vmas (here release: up_write(), as a store)
    // pairs with Anon_Lock
    m.store(prefix + "AnonUnlock"_site, mm, anon_lock, 0, release);
    // release: what was done to the mapping.
    // kernel: unlink_file_vma_batch_process (here release: up_write(), as a store)
    // pairs with File_Lock
    m.store(prefix + "FileUnlock"_site, mm, file_lock, 0, release);
  }

  // ---- Who frees page tables -------------------------------------------------------------------

  /// The pages of the range go, and its page table.
  void clean_up_area(const auto& mm, const auto& vma, const auto& over, const auto& read) {
    self().lock_cleaned(vma, read);
    // kernel: unmap_vmas, READ_ONCE
    const auto table = m.named("wtable"_local, m.load("Clean_Pmd"_site, mm, pmd, once));
    // kernel: unmap_vmas, WRITE_ONCE
    if (table != null) m.store("Clean_Zap"_site, table, pte, null, once);
    self().unlink(mm);
    if (table != null) self().free_pgtables(mm, table, over);
  }
  /// Rmap does not find the VMA any more.
  void unlink(const auto& mm) {
    self().lock_rmap("Clean_"_site, mm);
    // kernel: unlink_file_vma_batch_process, WRITE_ONCE
    m.store("Clean_Unlink"_site, mm, rmap, null, once);
    self().unlock_rmap("Clean_"_site, mm);
  }
  void free_pgtables(const auto& mm, const auto& table, const auto&) {
    m.store("Clean_ClearPmd"_site, mm, pmd, null, once);  // kernel: free_pgtables, WRITE_ONCE
    m.call_rcu("Clean_Free"_site, table);                 // kernel: tlb_remove_table_free, call_rcu
  }

  /// khugepaged: with a huge page in place of the pages, the page table goes.
  void collapse_locked(const auto& mm, const auto& vma) {
    lock_rmap("Collapse_"_site, mm);
    self().collapse(mm, vma);
    unlock_rmap("Collapse_"_site, mm);
  }
  void collapse(const auto& mm, const auto& vma) {
    // kernel: collapse_huge_page, READ_ONCE
    const auto table = m.named("wtable"_local, m.load("Collapse_Pmd"_site, mm, pmd, once));
    if (table == null) return;
    // kernel: pmdp_collapse_flush, xchg (here once: its barrier is Collapse_Mb)
    m.xchg("Collapse_ClearPmd"_site, mm, pmd, null, once);
    // mb: gup_fast() sees that the pmd is clear, or its pin is seen.
    // kernel: none, xchg() is a barrier itself
    // pairs with Gup_Mb
    m.fence("Collapse_Mb"_site, mb);
    // kernel: collapse_huge_page, atomic_read
    if (m.load("Collapse_Pins"_site, vma, vm_pins, once) == 0) {
      self().free_collapsed(table);
    } else {
      // kernel: collapse_huge_page, WRITE_ONCE
      m.store("Collapse_Restore"_site, mm, pmd, table, once);
    }
  }
  // kernel: pte_free_defer, call_rcu
  void free_collapsed(const auto& table) { m.call_rcu("Collapse_Free"_site, table); }

  // ---- What a writer does, and the parts that variants replace ---------------------------------

  void no_table(const auto&, auto&) {}
  void lock_cleaned(const auto&, const auto&) {}
  void punch_hole(const auto&) {}
  void found(const auto&) {}
  /// Of the VMA that may grow.
  bool locks_stack(const auto& stack, const auto&) { return stack != null; }
  bool locks_old(const auto& vma, const auto& stack, const auto&) { return vma != stack; }
  bool locks_collapsed() { return true; }
  /// Not beside a stack, which may grow once its mark is released.
  bool downgrades(const auto& stack) { return stack == null && m.branch(2) == 1; }
  /// What may grow over the range is locked; then it is known what is there.
  auto find_old(const auto& mm, const auto& stack, const auto& over) {
    if (self().locks_stack(stack, over)) vma_start_write("Neighbour_"_site, stack);
    // kernel: vma_find, rcu_dereference
    return m.load("Find_Old"_site, mm, mm_vma, once);
  }
  /// Releases the marks of the old VMA and of the stack beside it; or they are one.
  void end_write(const auto& vma, const auto& stack, const auto& over) {
    if (self().locks_old(vma, stack, over)) {
      end_old("Writer_"_site, vma);
      end_stack(stack, over);
    } else {
      self().end_alone(stack, over);
    }
  }
  void end_alone(const auto& stack, const auto&) { end_neighbour(stack); }
  void end_stack(const auto& stack, const auto& over) {
    if (self().locks_stack(stack, over)) end_neighbour(stack);
  }
  void end_old(auto prefix, const auto& vma) {
    // release: what was done under the mark.
    // kernel: vma_end_write_all, smp_store_release
    // pairs with Lookup_Trylock
    vma_end_write(prefix + "OldEndWrite"_site, vma);
  }
  void end_neighbour(const auto& stack) {
    // release: what was done under the mark.
    // kernel: vma_end_write_all, smp_store_release
    // pairs with Stack_Trylock
    vma_end_write("Writer_NeighbourEndWrite"_site, stack);
  }
  /// There is no stack.
  void end_downgraded(const auto& vma, const auto&, const auto&) {
    end_old("Downgrade_"_site, vma);
  }
  void insert(const auto& mm, const auto& vma) {
    m.store("New_Link"_site, mm, rmap, vma, once);  // kernel: vma_link_file, WRITE_ONCE
    // kernel: vma_iter_store_overwrite, rcu_assign_pointer (here once: the VMA is there already)
    m.store("New_Store"_site, mm, mm_vma, vma, once);
  }

  M& m;

 protected:
  Self& self() { return static_cast<Self&>(*this); }
};

template <class M>
struct Holds : MmapOverlap<M, Holds<M>> {
  using MmapOverlap<M, Holds<M>>::MmapOverlap;
};

// ---- The endless tasks that use it -------------------------------------------------------------

/// Whoever walks page tables, in one of so many ways.
template <class Protocol>
void reader(Protocol& p, int ways) {
  auto& m = p.m;
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto mm = m.named("rmm"_local, m.template choose<Mm>());
    const int what = m.branch(ways);
    if (what == 0) p.fault(mm);
    if (what == 1) p.fault_in_stack(mm);
    if (what == 2) p.rmap_walk("File_"_site, mm, file_lock);
    if (what == 3) p.rmap_walk("Anon_"_site, mm, anon_lock);
    if (what == 4) p.gup_fast(mm);
  }
}

/// The writers of an mm, which mmap_lock serialises. Each section does one thing.
template <class Protocol>
class Writer {
 public:
  explicit Writer(Protocol& protocol) : p(protocol), m(p.m) {}

  void run() {
    const auto mm = m.template own<Mm>();
    for (;;) {
      m.point("Writer_Idle"_point);
      p.mmap_write_lock(mm);
      m.point("Writer_Section"_point);
      const int what = m.branch(4);
      // kernel: vma_find, rcu_dereference
      if (what == 0) change("Map_FindStack"_site, mm, true);
      // kernel: vma_find, rcu_dereference
      if (what == 1) change("Unmap_FindStack"_site, mm, false);
      if (what == 2) collapse(mm);
      if (what == 3) map_stack(mm);
    }
  }

 private:
  /// munmap(), or mmap() over whatever is there: then the old VMA stays in the tree while its area
  /// is cleaned.
  void change(auto site, const auto& mm, bool maps) {
    const auto over = m.named("wover"_local, maps);
    auto read = m.named("wread"_local, false);
    const auto stack = m.named("wstack"_local, m.load(site, mm, mm_stack, once));
    const auto vma = m.named("wvma"_local, p.find_old(mm, stack, over));
    p.found(stack);
    if (vma != null) {
      if (p.locks_old(vma, stack, over)) p.vma_start_write("Old_"_site, vma);
      if (over) {
        p.punch_hole(mm);
      } else {
        isolate(mm, vma, stack, over, read);
      }
      p.clean_up_area(mm, vma, over, read);
      if (over) {
        replace(mm, vma, stack, over);
      } else if (read) {
        // kernel: mmap_read_unlock, up_read (here once: the next writer is this task)
        m.fetch_sub("Downgraded_MmapUnlock"_site, mm, mmap_lock, 1, once);
        return;
      } else {
        p.end_write(vma, stack, over);
      }
    } else if (over) {
      replace(mm, vma, stack, over);
    } else {
      p.end_stack(stack, over);
    }
    // release: what was done under mmap_lock.
    // kernel: mmap_write_unlock (here release: up_write(), as a store)
    // pairs with Fault_MmapLock
    m.store("Writer_MmapUnlock"_site, mm, mmap_lock, 0, release);
  }
  void replace(const auto& mm, const auto& vma, const auto& stack, const auto& over) {
    insert(mm, vma, stack);
    if (vma != null) {
      p.end_write(vma, stack, over);
    } else {
      p.end_stack(stack, over);
    }
  }
  /// The VMA leaves the tree. mmap_lock may be downgraded, with all marks released.
  void isolate(const auto& mm, const auto& vma, const auto& stack, const auto& over, auto& read) {
    // kernel: vma_iter_clear_gfp, WRITE_ONCE
    m.store("Unmap_Clear"_site, mm, mm_vma, null, once);
    m.point("Writer_Isolated"_point);
    if (!p.downgrades(stack)) return;
    read = true;
    p.end_downgraded(vma, stack, over);
    p.mmap_write_downgrade(mm);
  }
  /// A new VMA, in place of the old one; or there is none.
  void insert(const auto& mm, const auto& vma, const auto& stack) {
    m.point("Writer_Cleaned"_point);
    if (m.branch(2) == 0) {
      const auto fresh = m.named("wnew"_local, m.template choose<Vma>());
      m.assume(fresh != vma);
      m.assume(fresh != stack);
      p.insert(mm, fresh);
    } else {
      // kernel: vms_abort_munmap_vmas, WRITE_ONCE
      m.store("Abort_Clear"_site, mm, mm_vma, null, once);
    }
  }
  /// A huge page in place of the pages of the range.
  void collapse(const auto& mm) {
    {
      const auto vma =
          // kernel: vma_find, rcu_dereference
          m.named("wvma"_local, m.load("Collapse_Find"_site, mm, mm_vma, once));
      if (vma != null) {
        if (p.locks_collapsed()) p.vma_start_write("Collapse_"_site, vma);
        p.collapse_locked(mm, vma);
        // release: what was done under the mark.
        // kernel: vma_end_write_all, smp_store_release
        // pairs with Lookup_Trylock
        if (p.locks_collapsed()) p.vma_end_write("Collapse_EndWrite"_site, vma);
      }
    }
    // release: what was done under mmap_lock.
    // kernel: mmap_write_unlock (here release: up_write(), as a store)
    // pairs with Fault_MmapLock
    m.store("Collapse_MmapUnlock"_site, mm, mmap_lock, 0, release);
  }
  /// A VMA behind the range, which may grow over it.
  void map_stack(const auto& mm) {
    // kernel: vma_find, rcu_dereference
    if (m.load("MapStack_Find"_site, mm, mm_stack, once) == null) {
      m.point("Writer_NoStack"_point);
      if (m.branch(2) == 0) {
        const auto fresh = m.template choose<Vma>();
        m.assume(m.peek(mm, mm_vma) != fresh);
        // kernel: vma_iter_store_overwrite, rcu_assign_pointer (here once: the VMA is there
        // already)
        m.store("MapStack_Store"_site, mm, mm_stack, fresh, once);
      }
    }
    // kernel: mmap_write_unlock (here once: up_write(), and who does not see the stack yet finds
    // nothing)
    m.store("MapStack_MmapUnlock"_site, mm, mmap_lock, 0, once);
  }

  Protocol& p;
  decltype(Protocol::m)& m;
};

}  // namespace lockstep::mmap_overlap
