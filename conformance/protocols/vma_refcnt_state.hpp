// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "machines/world.hpp"
#include "protocols/vma_refcnt_variants.hpp"

namespace lockstep::vma_refcnt {

/// Where a task is: sets of sites, as VmaRefcntProperties.tla has them, or single ones.
enum Place : std::uint32_t {
  touching = 1 << 0,
  counted = 1 << 1,
  validated = 1 << 2,
  looks_at_seq = 1 << 3,  ///< StartRead_CheckSeq
  uses = 1 << 4,          ///< Use_LoadData
  wakes = 1 << 5,
  loads_mm = 1 << 6,      ///< Put_LoadMm
  reader_idle = 1 << 7,
  filling = 1 << 8,
  waiting = 1 << 9,
  waiting_detached = 1 << 10,
  detaching = 1 << 11,
  outside = 1 << 12,
  sets_flag = 1 << 13,    ///< StartWrite_SetFlag
  sets_seq = 1 << 14,     ///< StartWrite_SetSeq
  clears_flag = 1 << 15,  ///< StartWrite_ClearFlag, Detach_ClearFlag
  modifies = 1 << 16,     ///< Modify_End
  attaches = 1 << 17,     ///< Attach_SetRefcnt
  stores = 1 << 18,       ///< Store_Tree
  sleeps = 1 << 19,       ///< StartWrite_Sleep
  sleeps_detached = 1 << 20,
  still_counted = 1 << 21,  ///< Detach_Dec, where it comes after the tree
  between = 1 << 22,
  in_rcu = 1 << 23,
  touches_mm = 1 << 24,
  touches_other = 1 << 25,
  pins_other = 1 << 26,
  knows_other = 1 << 27,
  exited = 1 << 28,
  gone = 1 << 29,       ///< Writer_Gone
  over = 1 << 30,       ///< Fault_Drop
};

/// The variables of a flat state, and the operators of VmaRefcntProperties.tla on it. Slots and
/// sites are resolved once; objects are numbered from 0, and whatever is none of them has no cells.
class Places {
 public:
  Places(const World& world, const Counts& counts, const Rules& rules);

  struct Cells {
    std::size_t base = 0, objects = 0;
    Atom first = 0;
    /// Of an object by its atom: Null if it has none.
    Atom at(const Atom* s, Atom object) const {
      const auto i = static_cast<std::size_t>(object - first);
      return i < objects ? s[base + i] : null_atom;
    }
  };
  Cells vm_mm, vm_start, vm_lock_seq, vm_refcnt, vm_data, slab;          // by VMA
  Cells mm_lock_seq, writer_wait, task_state, mm_count;         // by mm
  Cells wslot, wvma, wsrc, wexcl;                               // by writer
  Cells rmm, raddr, rvma, rseq, rwake, rother;                  // by reader
  std::size_t tree = 0;
  std::vector<std::size_t> reader_pc, writer_pc, reader_rcu;  ///< slots, by number
  std::size_t readers, vmas, slots, mms;
  Atom first_vma, first_slot, first_mm, first_reader;
  Atom none, used, free, again;
  Atom limit, excluding;
  bool stores_first;

  std::uint32_t reader_place(const Atom* s, std::size_t r) const { return place(s[reader_pc[r]]); }
  std::uint32_t writer_place(const Atom* s, std::size_t m) const { return place(s[writer_pc[m]]); }
  /// Does writer `m` have this VMA at hand, at one of the places?
  bool has(const Atom* s, std::size_t m, Atom vma, std::uint32_t places) const {
    return s[wvma.base + m] == vma && (writer_place(s, m) & places) != 0;
  }
  bool any_has(const Atom* s, Atom vma, std::uint32_t places) const {
    for (std::size_t m = 0; m < mms; ++m) {
      if (has(s, m, vma, places)) return true;
    }
    return false;
  }
  Atom tree_at(const Atom* s, Atom mm, Atom slot) const {
    const auto m = static_cast<std::size_t>(mm - first_mm);
    const auto i = static_cast<std::size_t>(slot - first_slot);
    return m < mms && i < slots ? s[tree + m * slots + i] : null_atom;
  }

  bool in_tree(const Atom* s, Atom vma) const;
  bool attached(const Atom* s, Atom vma) const;
  bool flagged(const Atom* s, Atom vma) const;
  int holders(const Atom* s, Atom vma) const;
  bool marked(const Atom* s, std::size_t m, Atom vma) const;
  bool write_locked(const Atom* s, std::size_t m, Atom vma) const {
    return marked(s, m, vma) && !has(s, m, vma, sets_flag | waiting);
  }

 private:
  std::uint32_t place(Atom site) const {
    return places_[static_cast<std::size_t>(site - first_symbol)];
  }
  void put(const Symbols& symbols, std::uint32_t where,
           std::initializer_list<std::string_view> sites);

  std::vector<std::uint32_t> places_;  ///< by symbol
};

}  // namespace lockstep::vma_refcnt
