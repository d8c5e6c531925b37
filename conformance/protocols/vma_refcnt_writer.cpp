// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "protocols/vma_refcnt_variants.hpp"

// The writer: its marks, its flag, and the two ends of a VMA's life in the tree.
namespace lockstep::vma_refcnt {
namespace {

template <class M>
struct FlagStays : VmaRefcnt<M, FlagStays<M>> {
  using Base = VmaRefcnt<M, FlagStays>;
  using Base::Base;
  using Base::end_exclude_readers;
  using Base::m;
  void end_exclude_readers(Site<"StartWrite_ClearFlag"> site, const auto& vma) {
    m.fetch_sub(site, vma, vm_refcnt, 0, release);
  }
};

/// A new VMA can be found, and locked, before its writer is done with it.
template <class M>
struct AttachUnmarked : VmaRefcnt<M, AttachUnmarked<M>> {
  using VmaRefcnt<M, AttachUnmarked>::VmaRefcnt;
  static constexpr bool marks_new = false;
};

template <class M>
struct ModifyUnmarked : VmaRefcnt<M, ModifyUnmarked<M>> {
  using VmaRefcnt<M, ModifyUnmarked>::VmaRefcnt;
  static constexpr std::optional<Change> unmarked = Change::modify;
};

template <class M>
struct UnmapUnmarked : VmaRefcnt<M, UnmapUnmarked<M>> {
  using VmaRefcnt<M, UnmapUnmarked>::VmaRefcnt;
  static constexpr std::optional<Change> unmarked = Change::unmap;
};

/// The mark changes while readers are inside. They have made their last look at it, and who comes
/// after is sent away by it, so only the rule that vm_lock_seq stands still for them is broken.
template <class M>
struct MarkBeforeDrain : VmaRefcnt<M, MarkBeforeDrain<M>> {
  using Base = VmaRefcnt<M, MarkBeforeDrain>;
  using Base::Base;
  using Base::m;
  Exclusion vma_start_write(const auto& mm, const auto& vma) {
    const auto [seq, now] =
        m.load("StartWrite_CheckSeq"_site, vma, vm_lock_seq, plain, also(mm, mm_lock_seq));
    if (seq == now) return Exclusion::complete;
    m.store("StartWrite_SetSeq"_site, vma, vm_lock_seq, also(mm, mm_lock_seq), once);
    const Exclusion how = this->exclude_readers("StartWrite_"_site, mm, vma, this->flag + 1);
    const auto exclusive = m.named("wexcl"_local, how == Exclusion::complete);
    if (exclusive) {
      this->end_exclude_readers("StartWrite_ClearFlag"_site, vma);
      return Exclusion::complete;
    }
    return Exclusion::detached;
  }
};

/// The VMA goes back to the slab with the tree's count, and the counts of its readers.
template <class M>
struct FreeWithoutDetach : VmaRefcnt<M, FreeWithoutDetach<M>> {
  using VmaRefcnt<M, FreeWithoutDetach>::VmaRefcnt;
  void vma_mark_detached(const auto&, const auto&) {}
};

/// The marks of a section survive it, and are taken for those of the next writer.
template <class M>
struct UnlockKeepsMarks : VmaRefcnt<M, UnlockKeepsMarks<M>> {
  using Base = VmaRefcnt<M, UnlockKeepsMarks>;
  using Base::Base;
  using Base::m;
  using Base::seqcount_end;
  void seqcount_end(Site<"MmapUnlock_SeqEnd"> site, const auto&) { nothing(m, site); }
};

template <class M>
struct DowngradeKeepsMarks : VmaRefcnt<M, DowngradeKeepsMarks<M>> {
  using Base = VmaRefcnt<M, DowngradeKeepsMarks>;
  using Base::Base;
  using Base::m;
  using Base::seqcount_end;
  void seqcount_end(Site<"MmapDowngrade_SeqEnd"> site, const auto&) { nothing(m, site); }
};

/// Holds: the order of the mails. Who finds the VMA before it is attached tries again.
template <class M>
struct StoreThenAttach : VmaRefcnt<M, StoreThenAttach<M>> {
  using Base = VmaRefcnt<M, StoreThenAttach>;
  using Base::Base;
  using Base::m;
  void vma_iter_store_new(const auto& mm, const auto& address, const auto& vma) {
    m.store("Store_Tree"_site, mm, tree[address], vma, release);
    this->vma_mark_attached(vma);
  }
};

/// Holds: the order of a merge. Who finds the VMA just before it leaves the tree is waited for.
template <class M>
struct ClearThenDetach : VmaRefcnt<M, ClearThenDetach<M>> {
  using Base = VmaRefcnt<M, ClearThenDetach>;
  using Base::Base;
  using Base::m;
  Next vma_iter_clear(const auto& mm, const auto& address, const auto& vma) {
    m.store("Unmap_ClearTree"_site, mm, tree[address], null, release);
    this->vma_mark_detached(mm, vma);
    return Next::free;
  }
};

}  // namespace

std::vector<Form> variants_of_writer() {
  return {variant<FlagStays>("flag_stays"),
          variant<AttachUnmarked>("attach_unmarked"),
          variant<ModifyUnmarked>("modify_unmarked"),
          variant<UnmapUnmarked>("unmap_unmarked"),
          variant<MarkBeforeDrain>("mark_before_drain"),
          variant<FreeWithoutDetach>("free_without_detach"),
          variant<UnlockKeepsMarks>("unlock_keeps_marks"),
          variant<DowngradeKeepsMarks>("downgrade_keeps_marks"),
          variant<StoreThenAttach>("store_then_attach"),
          variant<ClearThenDetach>("clear_then_detach")};
}

}  // namespace lockstep::vma_refcnt
