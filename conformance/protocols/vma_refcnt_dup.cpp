// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "protocols/vma_refcnt_variants.hpp"

// vm_area_dup(): the ways to copy a VMA that were proposed (C1 to C6), while readers of the former
// life of the new one still look at it.
namespace lockstep::vma_refcnt {
namespace {

// The struct, as memcpy() goes through it: vm_refcnt lies between the two parts.
// kernel: vm_area_dup
void copy_before_refcnt(auto& m, const auto& source, const auto& vma) {
  m.store("Dup_CopyStart"_site, vma, vm_start, also(source, vm_start), plain);
  m.store("Dup_CopyMm"_site, vma, vm_mm, also(source, vm_mm), plain);
  m.store("Dup_CopySeq"_site, vma, vm_lock_seq, also(source, vm_lock_seq), plain);
}
void copy_after_refcnt(auto& m, auto& source, const auto& vma) {
  m.store("Dup_CopyData"_site, vma, vm_data, also(source, vm_data), plain);
  source.forget();
}
/// C6: a helper that copies a struct but for one field.
void copy_struct_except_refcnt(auto& m, auto& source, const auto& vma) {
  copy_before_refcnt(m, source, vma);
  copy_after_refcnt(m, source, vma);
}

// What a copy does not keep.
void set_seq(auto& m, const auto& vma) {
  m.store("Dup_SetSeq"_site, vma, vm_lock_seq, no_seq, plain);
}
void set_refcnt(auto& m, const auto& vma) {
  m.store("Dup_SetRefcnt"_site, vma, vm_refcnt, 0, once);
}
void set_start(auto& m, const auto& vma, const auto& address) {
  m.store("Dup_SetStart"_site, vma, vm_start, address, plain);
}

/// C2, S39: the whole struct, count and all, which is then set to zero (v7 of the series). A reader
/// of the former life takes the count of the source, and gives back what is no longer there.
template <class M, class Self>
struct WholeStruct : VmaRefcnt<M, Self> {
  using Base = VmaRefcnt<M, Self>;
  using Base::Base;
  using Base::m;
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    copy_before_refcnt(m, source, vma);
    m.store("Dup_CopyRefcnt"_site, vma, vm_refcnt, also(source, vm_refcnt), plain);
    copy_after_refcnt(m, source, vma);
    set_seq(m, vma);
    set_refcnt(m, vma);
    set_start(m, vma, address);
  }
};
template <class M>
struct DupCopiesRefcnt : WholeStruct<M, DupCopiesRefcnt<M>> {
  using WholeStruct<M, DupCopiesRefcnt>::WholeStruct;
};

/// S40: where the source is not marked, neither is the copy, and the reader's check even passes.
template <class M>
struct DupCopiesRefcntUnmarked : WholeStruct<M, DupCopiesRefcntUnmarked<M>> {
  using WholeStruct<M, DupCopiesRefcntUnmarked>::WholeStruct;
  static constexpr std::optional<Change> unmarked = Change::duplicate;
};

/// Holds, beside S40: only the count must not be copied.
template <class M>
struct DupSourceUnmarked : VmaRefcnt<M, DupSourceUnmarked<M>> {
  using VmaRefcnt<M, DupSourceUnmarked>::VmaRefcnt;
  static constexpr std::optional<Change> unmarked = Change::duplicate;
};

/// S41: field by field, and one is forgotten.
template <class M>
struct DupForgetsField : VmaRefcnt<M, DupForgetsField<M>> {
  using Base = VmaRefcnt<M, DupForgetsField>;
  using Base::Base;
  using Base::m;
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    m.store("Dup_CopyMm"_site, vma, vm_mm, also(source, vm_mm), plain);
    source.forget();
    set_seq(m, vma);
    set_refcnt(m, vma);
    set_start(m, vma, address);
  }
};

/// C1 holds: two copies, of what lies before the count and of what lies after it (v3).
template <class M>
struct DupTwoCopies : VmaRefcnt<M, DupTwoCopies<M>> {
  using Base = VmaRefcnt<M, DupTwoCopies>;
  using Base::Base;
  using Base::m;
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    copy_before_refcnt(m, source, vma);
    copy_after_refcnt(m, source, vma);
    set_seq(m, vma);
    set_refcnt(m, vma);
    set_start(m, vma, address);
  }
};

/// C6 holds: to everybody else the same steps as C1.
template <class M>
struct DupCopyStructExcept : VmaRefcnt<M, DupCopyStructExcept<M>> {
  using Base = VmaRefcnt<M, DupCopyStructExcept>;
  using Base::Base;
  using Base::m;
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    copy_struct_except_refcnt(m, source, vma);
    set_seq(m, vma);
    set_refcnt(m, vma);
    set_start(m, vma, address);
  }
};

/// C4 holds: the count lies first in the struct; zero it, and copy the rest at once.
template <class M>
struct DupRefcntFirst : VmaRefcnt<M, DupRefcntFirst<M>> {
  using Base = VmaRefcnt<M, DupRefcntFirst>;
  using Base::Base;
  using Base::m;
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    set_refcnt(m, vma);
    copy_struct_except_refcnt(m, source, vma);
    set_seq(m, vma);
    set_start(m, vma, address);
  }
};

/// C5 holds: by the offset of the count: copy what is before it, zero it, copy what is after it.
template <class M>
struct DupSplitAroundRefcnt : VmaRefcnt<M, DupSplitAroundRefcnt<M>> {
  using Base = VmaRefcnt<M, DupSplitAroundRefcnt>;
  using Base::Base;
  using Base::m;
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    copy_before_refcnt(m, source, vma);
    set_refcnt(m, vma);
    copy_after_refcnt(m, source, vma);
    set_seq(m, vma);
    set_start(m, vma, address);
  }
};

}  // namespace

std::vector<Form> variants_of_dup() {
  return {variant<DupCopiesRefcnt>("dup_copies_refcnt"),
          variant<DupCopiesRefcntUnmarked>("dup_copies_refcnt_unmarked"),
          variant<DupSourceUnmarked>("dup_source_unmarked"),
          variant<DupForgetsField>("dup_forgets_field"),
          variant<DupTwoCopies>("dup_two_copies"),
          variant<DupCopyStructExcept>("dup_copy_struct_except"),
          variant<DupRefcntFirst>("dup_refcnt_first"),
          variant<DupSplitAroundRefcnt>("dup_split_around_refcnt")};
}

}  // namespace lockstep::vma_refcnt
