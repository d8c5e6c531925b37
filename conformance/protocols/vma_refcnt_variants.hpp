// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "machines/world.hpp"
#include "vma_refcnt.hpp"
#include "vma_refcnt_tasks.hpp"

// What is wrong, or different, in each variant of vma_refcnt: only the functions that differ. The
// names are those of spec/vma_refcnt/README.md and of the manifest.
namespace lockstep::vma_refcnt {

/// S39: the copy includes the count, which is then set to zero (v7 of the series).
template <class M>
struct DupCopiesRefcnt : VmaRefcnt<M, DupCopiesRefcnt<M>> {
  using VmaRefcnt<M, DupCopiesRefcnt<M>>::VmaRefcnt;
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    auto& m = this->m;
    m.store("Dup_CopyMm"_site, vma, vm_mm, also(source, vm_mm), plain);
    m.store("Dup_CopyRefcnt"_site, vma, vm_refcnt, also(source, vm_refcnt), plain);
    m.store("Dup_CopyData"_site, vma, vm_data, also(source, vm_data), plain);
    source.forget();
    m.store("Dup_SetSeq"_site, vma, vm_lock_seq, no_seq, plain);
    m.store("Dup_SetRefcnt"_site, vma, vm_refcnt, 0, once);
    m.store("Dup_SetStart"_site, vma, vm_start, address, plain);
  }
};

}  // namespace lockstep::vma_refcnt
