// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "mmap_overlap.hpp"

#include "machines/registration.hpp"

namespace lockstep::mmap_overlap {
namespace {

struct ReaderRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& numbers) {
    Code<M> p(m);
    reader(p, static_cast<int>(numbers["ways"]));
  }
};
struct WriterRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p(m);
    Writer<Code<M>>(p).run();
  }
};

// ---- Who locks what ----------------------------------------------------------------------------

/// mmap() does not write-lock the old VMA; or punches a hole, in place of that or besides.
template <class M, bool locks, bool holes>
struct Over : MmapOverlap<M, Over<M, locks, holes>> {
  using Base = MmapOverlap<M, Over>;
  using Base::Base;
  bool locks_old(const auto& vma, const auto& stack, const auto& over) {
    if (!locks && over) return false;
    return Base::locks_old(vma, stack, over);
  }
  void end_alone(const auto& stack, const auto& over) { Base::end_stack(stack, over); }
  void punch_hole(const auto& mm) {
    // kernel: none, as was proposed
    if (holes) this->m.store("Hole_Store"_site, mm, mm_vma, null, once);
  }
};
template <class M>
using OldUnlocked = Over<M, false, false>;
template <class M>
using HoleOnly = Over<M, false, true>;
template <class M>
using Hole = Over<M, true, true>;

/// As before 6.4: every fault takes mmap_lock.
template <class M>
struct NoVmaLock : MmapOverlap<M, NoVmaLock<M>> {
  using Base = MmapOverlap<M, NoVmaLock>;
  using Base::Base;
  bool lock_vma_under_rcu(const auto&, auto& vma) {
    vma = null;
    return false;
  }
  bool vma_start_read(auto, auto& vma) {
    vma = null;
    return false;
  }
  bool locks_stack(const auto&, const auto&) { return false; }
  bool locks_old(const auto&, const auto&, const auto&) { return false; }
  bool locks_collapsed() { return false; }
  void end_alone(const auto&, const auto&) {}
  void end_downgraded(const auto&, const auto&, const auto&) {}
};
template <class M>
struct CollapseUnlocked : MmapOverlap<M, CollapseUnlocked<M>> {
  using MmapOverlap<M, CollapseUnlocked>::MmapOverlap;
  bool locks_collapsed() { return false; }
};
template <class M>
struct CollapseSkipsRmap : MmapOverlap<M, CollapseSkipsRmap<M>> {
  using Base = MmapOverlap<M, CollapseSkipsRmap>;
  using Base::Base;
  void collapse_locked(const auto& mm, const auto& vma) { Base::collapse(mm, vma); }
};
/// The old VMA is locked where its page tables are freed, as it is elsewhere.
template <class M>
struct LocksAfterDowngrade : MmapOverlap<M, LocksAfterDowngrade<M>> {
  using Base = MmapOverlap<M, LocksAfterDowngrade>;
  using Base::Base;
  void lock_cleaned(const auto& vma, const auto& read) {
    if (!read) return;
    // kernel: vma_start_write, down_write
    this->m.add_when("Clean_Mark"_site, vma, vm_lock, -1, acquire, nobody);
  }
};
/// munmap() downgrades beside a stack, and does not lock that.
template <class M>
struct NeighbourUnlocked : MmapOverlap<M, NeighbourUnlocked<M>> {
  using Base = MmapOverlap<M, NeighbourUnlocked>;
  using Base::Base;
  bool locks_stack(const auto& stack, const auto& over) {
    return over && Base::locks_stack(stack, over);
  }
  bool locks_old(const auto& vma, const auto& stack, const auto& over) {
    return vma != stack || !over;
  }
  bool downgrades(const auto&) { return true; }
};
template <class M>
struct DowngradesBesideStack : MmapOverlap<M, DowngradesBesideStack<M>> {
  using Base = MmapOverlap<M, DowngradesBesideStack>;
  using Base::Base;
  bool downgrades(const auto&) { return true; }
  void end_downgraded(const auto& vma, const auto& stack, const auto& over) {
    if (vma != stack) Base::end_downgraded(vma, stack, over);
    // kernel: vma_end_write_all, smp_store_release
    if (stack != null) Base::vma_end_write("Downgrade_StackEndWrite"_site, stack);
  }
};
template <class M>
struct DowngradeKeepsMarks : MmapOverlap<M, DowngradeKeepsMarks<M>> {
  using MmapOverlap<M, DowngradeKeepsMarks>::MmapOverlap;
  void end_downgraded(const auto&, const auto&, const auto&) {}
};
template <class M>
struct DowngradeKeepsLock : MmapOverlap<M, DowngradeKeepsLock<M>> {
  using MmapOverlap<M, DowngradeKeepsLock>::MmapOverlap;
  void mmap_write_downgrade(const auto& mm) {
    this->m.load("Downgrade_Mmap"_site, mm, mmap_lock, once);
  }
};
template <class M>
struct LooksFirst : MmapOverlap<M, LooksFirst<M>> {
  using Base = MmapOverlap<M, LooksFirst>;
  using Base::Base;
  auto find_old(const auto& mm, const auto&, const auto&) {
    return this->m.load("Find_Old"_site, mm, mm_vma, once);
  }
  void found(const auto& stack) {
    if (stack != null) Base::vma_start_write("Neighbour_"_site, stack);
  }
};
/// As since StackRot (CVE-2023-3269): the stack grows under mmap_lock, held for writing.
template <class M>
struct GrowsExclusively : MmapOverlap<M, GrowsExclusively<M>> {
  using Base = MmapOverlap<M, GrowsExclusively>;
  using Base::Base;
  using Base::m;
  bool locks_stack(const auto&, const auto&) { return false; }
  bool locks_old(const auto&, const auto&, const auto&) { return true; }
  bool downgrades(const auto&) { return this->m.branch(2) == 1; }
  bool grow(const auto& mm, const auto& vma) {
    return m.load("Stack_Look"_site, mm, mm_vma, once) == vma;
  }
  bool grow_locked(const auto& mm, auto& vma) {
    // kernel: mmap_read_unlock, up_read (here once: nothing was done)
    m.fetch_sub("Grow_MmapUnlock"_site, mm, mmap_lock, 1, once);
    // kernel: mmap_write_lock, down_write
    m.add_when("Grow_MmapLock"_site, mm, mmap_lock, -1, acquire, nobody);
    // kernel: vma_find, rcu_dereference
    const auto other = m.load("Grow_Look"_site, mm, mm_vma, once);
    if (other == null) {
      Base::expand("Fault_"_site, mm, vma);
    } else if (other != vma) {
      vma = null;
    }
    // kernel: mmap_write_downgrade, downgrade_write
    m.fetch_add("Grow_Downgrade"_site, mm, mmap_lock, 2, release);
    return vma != null;
  }
};

// ---- How a fault and rmap walk -----------------------------------------------------------------

template <class M>
struct WalksUnlocked : MmapOverlap<M, WalksUnlocked<M>> {
  using Base = MmapOverlap<M, WalksUnlocked>;
  using Base::Base;
  bool vma_start_read(auto, auto&) { return true; }
  void vma_end_read(const auto& vma) { this->m.load("EndRead_Unlock"_site, vma, vm_lock, once); }
  void missed(const auto& vma) { this->m.load("Miss_Unlock"_site, vma, vm_lock, once); }
};
template <class M>
struct NoRewalk : MmapOverlap<M, NoRewalk<M>> {
  using MmapOverlap<M, NoRewalk>::MmapOverlap;
  bool rewalk(const auto&, auto&) { return true; }
};
template <class M>
struct TriesAgain : MmapOverlap<M, TriesAgain<M>> {
  using Base = MmapOverlap<M, TriesAgain>;
  using Base::Base;
  bool lock_vma_under_rcu(const auto& mm, auto& vma) {
    while (vma != null) {
      if (Base::vma_start_read("Lookup_"_site, vma)) return Base::rewalk(mm, vma);
      // kernel: mas_walk, rcu_dereference
      vma = this->m.load("Lookup_Again"_site, mm, mm_vma, once);
    }
    return false;
  }
};

/// The race to install a page table is not noticed.
template <class M>
struct InstallsBlindly : MmapOverlap<M, InstallsBlindly<M>> {
  using MmapOverlap<M, InstallsBlindly>::MmapOverlap;
  bool pmd_install(const auto& mm, const auto& table) {
    this->m.store("Pmd_Install"_site, mm, pmd, table, release);
    return true;
  }
};

// ---- gup_fast() --------------------------------------------------------------------------------

template <class M>
struct GupNoRecheck : MmapOverlap<M, GupNoRecheck<M>> {
  using MmapOverlap<M, GupNoRecheck>::MmapOverlap;
  bool still(const auto&, const auto&) { return true; }
};
template <class M>
struct GupInstalls : MmapOverlap<M, GupInstalls<M>> {
  using Base = MmapOverlap<M, GupInstalls>;
  using Base::Base;
  using Base::m;
  void no_table(const auto& mm, auto& table) {
    m.point("Gup_NoTable"_point);
    table = m.template allocate<Table>("Gup_Alloc"_site);  // kernel: pte_alloc_one
    m.store("Gup_Init"_site, table, pte, null, plain);     // kernel: pte_alloc_one
    // kernel: pmd_install (here release: smp_wmb() and a store, under the lock of the pmd)
    m.store("Gup_Install"_site, mm, pmd, table, release);
  }
};
template <class M>
struct GupKeepsIrqsOff : MmapOverlap<M, GupKeepsIrqsOff<M>> {
  using Base = MmapOverlap<M, GupKeepsIrqsOff>;
  using Base::Base;
  void irq_restore(auto site) { this->m.group(site); }
};
template <class M>
struct GupPinsLate : MmapOverlap<M, GupPinsLate<M>> {
  using Base = MmapOverlap<M, GupPinsLate>;
  using Base::Base;
  bool pin(const auto& mm, auto& table, const auto& page) {
    const bool same = Base::still(mm, table);
    table.forget();
    if (same) this->m.fetch_add("Gup_Pin"_site, page, vm_pins, 1, once);
    return same;
  }
};

// ---- How page tables are freed -----------------------------------------------------------------

template <class M>
struct KeepsRmap : MmapOverlap<M, KeepsRmap<M>> {
  using MmapOverlap<M, KeepsRmap>::MmapOverlap;
  void unlink(const auto&) {}
};
/// mmap() leaves the page table where it is: the new VMA needs it.
template <class M>
struct KeepsTable : MmapOverlap<M, KeepsTable<M>> {
  using Base = MmapOverlap<M, KeepsTable>;
  using Base::Base;
  void free_pgtables(const auto& mm, const auto& table, const auto& over) {
    if (!over) Base::free_pgtables(mm, table, over);
  }
};
template <class M>
struct CollapseFreesAtOnce : MmapOverlap<M, CollapseFreesAtOnce<M>> {
  using MmapOverlap<M, CollapseFreesAtOnce>::MmapOverlap;
  // kernel: pte_free
  void free_collapsed(const auto& table) { this->m.free("Collapse_FreeNow"_site, table); }
};
template <class M>
struct LinksLate : MmapOverlap<M, LinksLate<M>> {
  using MmapOverlap<M, LinksLate>::MmapOverlap;
  void insert(const auto& mm, const auto& vma) {
    // kernel: vma_iter_store_overwrite, rcu_assign_pointer
    this->m.store("New_StoreFirst"_site, mm, mm_vma, vma, release);
    // kernel: vma_link_file, WRITE_ONCE
    this->m.store("New_LinkLate"_site, mm, rmap, vma, once);
  }
};

/// Readers come by each way where a size does not say fewer.
std::uint32_t all(const Numbers&) {
  return 5;
}

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, WriterRole>(name);
}

const RegisteredProtocol protocol{
    {.sizes = {"mmap_overlap",
               {{"Readers", "reader"}, {"Vmas", "VMA"}, {"Tables", "page table"}, {"Mms", "mm", 1}},
               {{"ways", "Ways", "way to walk", all}}},
     .kinds = {{"Vma", "v", "Vmas"},
               {"Table", "t", "Tables", WorldSpec::Lifetime::freed},
               {"Mm", "m", "Mms"}},
     .fields = {variable_of(vm_lock), variable_of(vm_pins), variable_of(pte),
                variable_of(mmap_lock), variable_of(mm_vma), variable_of(mm_stack),
                variable_of(pmd), variable_of(rmap), variable_of(file_lock),
                variable_of(anon_lock)},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"writer", "m", "Mms", {"Writer_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<Hole>("hole"),
                                variant<NoVmaLock>("no_vma_lock"),
                                variant<GrowsExclusively>("grows_exclusively"),
                                variant<KeepsTable>("keeps_table"),
                                variant<OldUnlocked>("old_unlocked"),
                                variant<HoleOnly>("hole_only"),
                                variant<CollapseUnlocked>("collapse_unlocked"),
                                variant<CollapseSkipsRmap>("collapse_skips_rmap"),
                                variant<CollapseFreesAtOnce>("collapse_frees_at_once"),
                                variant<LocksAfterDowngrade>("locks_after_downgrade"),
                                variant<NeighbourUnlocked>("neighbour_unlocked"),
                                variant<DowngradesBesideStack>("downgrades_beside_stack"),
                                variant<DowngradeKeepsMarks>("downgrade_keeps_marks"),
                                variant<LooksFirst>("looks_first"),
                                variant<WalksUnlocked>("walks_unlocked"),
                                variant<NoRewalk>("no_rewalk"),
                                variant<DowngradeKeepsLock>("downgrade_keeps_lock"),
                                variant<TriesAgain>("tries_again"),
                                variant<InstallsBlindly>("installs_blindly"),
                                variant<GupNoRecheck>("gup_no_recheck"),
                                variant<GupInstalls>("gup_installs"),
                                variant<GupKeepsIrqsOff>("gup_keeps_irqs_off"),
                                variant<GupPinsLate>("gup_pins_late"),
                                variant<KeepsRmap>("keeps_rmap"),
                                variant<LinksLate>("links_late")};
     }}};

}  // namespace
}  // namespace lockstep::mmap_overlap
