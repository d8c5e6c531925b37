// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// The endless tasks that use the lock: what a page fault and the holders of mmap_lock may do, with
// their choices. The functions of the protocol itself are in vma_refcnt.hpp.
#pragma once

#include "vma_refcnt.hpp"

namespace lockstep::vma_refcnt {

/// Page faults, one after another, in any mm at any address.
template <class Protocol>
void reader(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto mm = m.named("rmm"_local, m.template choose<Mm>());
    auto address = m.named("raddr"_local, m.template choose<Address>());
    // The task that faults belongs to a living mm. In the kernel it keeps the mm until it ends; a
    // count for the fault alone lets more happen.
    // kernel: none, a task keeps its mm until it ends
    m.add_when("Fault_Grab"_site, mm, mm_count, Protocol::fault_pins, once, Protocol::may_fault);
    auto vma = p.lock_vma_under_rcu(mm, address);
    if (vma) {
      m.load("Use_LoadData"_site, *vma, vm_data, plain);  // kernel: handle_mm_fault
      p.vma_end_read(*vma);
    }
    address.forget();
    // kernel: none, a task keeps its mm until it ends
    m.fetch_sub("Fault_Drop"_site, mm, mm_count, Protocol::fault_pins, full);
  }
}

/// The writers of one mm, which mmap_lock serialises: sections of any length, of mapping, changing,
/// splitting and unmapping; at last its exit. `max_sections`: how many may begin; 0 = any number.
template <class Protocol>
class Writer {
 public:
  Writer(Protocol& protocol, int max_sections) : p(protocol), m(p.m), max(max_sections) {}

  void run() {
    const auto mm = m.template own<Mm>();
    for (;;) {
      m.point("Writer_Idle"_point);
      if (m.branch(2) == 1) exit(mm);
      if (max != 0) m.assume(m.peek(mm, mm_lock_seq) < 2 * max);
      p.mmap_write_lock(mm);
      while (section(mm)) {
      }
    }
  }

 private:
  /// The tasks of the mm end, and give back the count that they hold together.
  [[noreturn]] void exit(const auto& mm) {
    p.exit_mmap(mm);
    p.mmdrop("Exit_Drop"_site, mm);  // kernel: mmdrop, atomic_dec_and_test
    m.rest("Writer_Gone"_point);
  }

  /// One VMA of a section, or its end: then false.
  bool section(const auto& mm) {
    m.point("Writer_Section"_point);
    const int what = m.branch(Protocol::chooses ? 4 : 3);
    if (what == 0) {
      p.vma_end_write_all("MmapUnlock_"_site, mm);
      p.up_write(mm);
      return false;
    }
    if constexpr (Protocol::chooses) {
      if (what == 3) return fork(mm);
    }
    auto slot = m.named("wslot"_local, m.template choose<Address>());
    if (what == 1) {
      m.assume(m.peek(mm, tree[slot]) != null);
      // kernel: vma_find, rcu_dereference (here plain: under mmap_lock nobody else writes the tree)
      auto vma = m.named("wvma"_local, m.load("Find_Walk"_site, mm, tree[slot], plain));
      auto other = none_beside(vma);
      if constexpr (Protocol::unmarked.has_value()) {
        m.point("Writer_Found"_point);
        if (m.branch(2) == 1) {
          const Next next = change(mm, slot, vma, other, *Protocol::unmarked);
          return go_on(mm, slot, vma, other, next);
        }
      }
      return go_on(mm, slot, vma, other, Next::mark);
    }
    m.assume(m.peek(mm, tree[slot]) == null);
    // kernel: vm_area_alloc
    auto vma = m.named("wvma"_local, m.template allocate<Vma>("Alloc_Slab"_site));
    auto other = none_beside(vma);
    p.vm_area_init(mm, vma, slot);
    if (!Protocol::marks_new) {
      p.vma_iter_store_new(mm, slot, vma);
      return true;
    }
    return go_on(mm, slot, vma, other, Next::mark);
  }

  /// The task that forks has both mmap_locks; here it is the writer of the new mm.
  bool fork(const auto& mm) {
    auto from = m.named("wfrom"_local, m.template choose<Mm>());
    m.assume(from != mm);
    auto slot = m.named("wslot"_local, m.template choose<Address>());
    m.assume(m.peek(mm, tree[slot]) == null);
    if (!p.begin_fork(from)) return true;
    m.point("Writer_Copies"_point);
    if (m.branch(2) == 1) {
      p.copy_none(from);
      return true;
    }
    auto other = m.named("wsrc"_local, m.peek(from, tree[slot]));
    m.assume(other != null);
    // kernel: vm_area_dup
    auto vma = m.named("wvma"_local, m.template allocate<Vma>("Fork_Slab"_site));
    p.dup_mmap(mm, from, other, vma);
    return go_on(mm, slot, vma, other, Next::mark);
  }

  /// The other VMA at hand: what is copied, or what the new one replaces. At first there is none.
  auto none_beside(const auto& vma) {
    auto other = m.named("wsrc"_local, vma);
    other = null;
    return other;
  }

  /// Until the writer has no VMA at hand. False if that was the end of the section.
  bool go_on(const auto& mm, auto& slot, auto& vma, auto& other, Next next) {
    for (;;) {
      if (next == Next::mark) {
        next = mark(mm, slot, vma, other);
      } else if (next == Next::none) {
        return true;
      } else if (next == Next::free) {
        m.point("Writer_Unmapped"_point);
        return discard(mm, slot, vma);
      } else if constexpr (Protocol::chooses) {
        if (next == Next::free_from_point) return discard(mm, slot, vma);
        if (next == Next::part) {
          next = p.part(mm, slot, vma);
        } else {
          replace(mm, slot, vma, other);
          next = Next::mark;
        }
      }
    }
  }

  /// A new VMA is linked; one of the tree is changed, copied or unmapped.
  Next mark(const auto& mm, auto& slot, auto& vma, auto& other) {
    const Exclusion how = p.vma_start_write(mm, vma);
    if (how == Exclusion::killed) {
      other = null;
      return Next::none;
    }
    if (how == Exclusion::detached) return link(mm, slot, vma, other);
    m.point("Writer_Locked"_point);
    return change(mm, slot, vma, other, static_cast<Change>(m.branch(3)));
  }

  /// An error gives up a new one that is not attached. What it takes the place of is at hand again.
  Next link(const auto& mm, const auto& slot, auto& vma, auto& other) {
    if constexpr (Protocol::chooses) {
      m.point("Writer_New"_point);
      const bool fails = m.branch(2) == 1;
      if (fails) {
        m.free("Error_Free"_site, vma, vm_start);  // kernel: vm_area_free
      } else {
        p.vma_iter_store_new(mm, slot, vma);
      }
      if (other == null) return Next::none;
      vma = other;
      other = null;
      return fails ? Next::part : Next::free;
    } else {
      p.vma_iter_store_new(mm, slot, vma);
      return Next::none;
    }
  }
  /// MAP_FIXED over a mapping: `vma` is detached, and in the tree until a new one is stored over
  /// it.
  void replace(const auto& mm, const auto& slot, auto& vma, auto& other) {
    other = vma;
    vma = m.template allocate<Vma>("Fixed_Slab"_site);  // kernel: vm_area_alloc
    p.vm_area_init(mm, vma, slot);
  }

  Next change(const auto& mm, auto& slot, auto& vma, auto& other, Change what) {
    switch (what) {
      case Change::modify:
        // Behind the drain stands no acquire (C1), before the unlock no release (C4): of that the
        // kernel's model knows no order.
        // kernel: vm_flags_set
        // races with Use_LoadData
        m.store("Modify_Begin"_site, vma, vm_data, torn, plain);
        // kernel: vm_flags_set
        // races with Use_LoadData
        m.store("Modify_End"_site, vma, vm_data, whole, plain);
        return Next::none;
      case Change::duplicate:
        other = vma;
        slot = m.template choose<Address>();
        m.assume(m.peek(mm, tree[slot]) == null);
        vma = m.template allocate<Vma>("Dup_Slab"_site);  // kernel: vm_area_dup
        p.vm_area_dup(other, vma, slot);
        return Next::mark;
      case Change::replace: return Next::replace;
      default: return p.vma_iter_clear(mm, slot, vma);
    }
  }

  // kernel: vm_area_free
  bool discard(const auto& mm, auto& slot, auto& vma) {
    if (m.branch(2) == 0) {
      m.free("Unmap_Free"_site, vma, vm_start);
      return true;
    }
    // munmap() may downgrade mmap_lock and free what it detached while it only reads.
    p.mmap_write_downgrade(mm);
    m.free("Downgraded_Free"_site, vma, vm_start);
    vma.forget();
    slot.forget();
    p.up_read(mm);
    return false;
  }

  Protocol& p;
  decltype(Protocol::m)& m;
  const int max;
};

}  // namespace lockstep::vma_refcnt
