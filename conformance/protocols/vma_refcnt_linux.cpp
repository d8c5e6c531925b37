// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "protocols/vma_refcnt_variants.hpp"

// What the writers of one kernel do, as choices of each of them.
namespace lockstep::vma_refcnt {
namespace {

template <class M, class Self>
struct Choosing : VmaRefcnt<M, Self> {
  using Base = VmaRefcnt<M, Self>;
  using Base::Base;
  using Base::m;
  static constexpr bool chooses = true;
  static constexpr std::optional<Change> unmarked = Change::duplicate;

  void down_write(const auto& mm) {
    // kernel: mmap_write_lock, down_write
    m.add_when("MmapLock_Down"_site, mm, mmap_lock, -1, acquire, [](auto n) { return n == 0; });
  }
  void up_write(const auto& mm) {
    // kernel: mmap_write_unlock, up_write
    m.fetch_add("MmapUnlock_Up"_site, mm, mmap_lock, 1, release);
  }
  void downgrade_write(const auto& mm) {
    // kernel: mmap_write_downgrade, downgrade_write
    m.fetch_add("MmapDowngrade_Lock"_site, mm, mmap_lock, 2, release);
  }
  void up_read(const auto& mm) {
    // kernel: mmap_read_unlock, up_read
    m.fetch_sub("Downgraded_Up"_site, mm, mmap_lock, 1, release);
  }

  /// As userfaultfd does it: mmap_lock is given back once the VMA is counted.
  bool fall_back(const auto& mm, const auto& address, auto& vma) {
    if (!find_under_mmap_lock(mm, address, vma)) return false;
    if (!vma_start_read_locked(vma)) {
      none_under_mmap_lock(mm);
      return false;
    }
    // kernel: mmap_read_unlock, up_read
    m.fetch_sub("MmapRead_Unlock"_site, mm, mmap_lock, 1, release);
    return true;
  }
  /// False if it has given mmap_lock back, or has not tried.
  bool find_under_mmap_lock(const auto& mm, const auto& address, auto& vma) {
    if (m.branch(2) == 0) return false;
    // kernel: mmap_read_lock, down_read
    m.add_when("MmapRead_Lock"_site, mm, mmap_lock, 1, acquire, [](auto n) { return n >= 0; });
    // kernel: vma_lookup, rcu_dereference (here plain: under mmap_lock nobody writes the tree)
    vma = m.load("MmapRead_Walk"_site, mm, tree[address], plain);
    if (vma != null) return true;
    none_under_mmap_lock(mm);
    return false;
  }
  void none_under_mmap_lock(const auto& mm) {
    // kernel: mmap_read_unlock, up_read
    m.fetch_sub("MmapRead_UnlockNone"_site, mm, mmap_lock, 1, release);
  }
  /// No mark is looked at: who marks has mmap_lock for writing.
  bool vma_start_read_locked(auto& vma) {
    const auto fails = [this](auto n) { return either(n == 0, this->too_many(n)); };
    // kernel: vma_start_read_locked, __refcount_inc_not_zero_limited_acquire
    const auto count =
        m.fetch_add_unless("ReadLocked_IncRef"_site, vma, vm_refcnt, 1, acquire, fails);
    if (!fails(count)) return true;
    vma = null;
    return false;
  }

  /// A task that is killed while it waits takes the flag away, and sets no mark.
  using Base::wait_for_readers;
  Exclusion wait_for_readers(Site<"StartWrite_"> prefix, const auto& mm, const auto& vma,
                             const auto& target) {
    const auto left = [&] { return this->count_is(prefix, vma, target); };
    const auto killed = [&] { return m.branch(2) == 1; };
    if (rcuwait_until(m, prefix, mm, writer_wait, left, killed)) {
      rcuwait_finish(m, prefix, mm, writer_wait);
      return Exclusion::complete;
    }
    rcuwait_finish(m, "Killed_"_site, mm, writer_wait);
    // kernel: __vma_end_exclude_readers, refcount_sub_and_test
    this->end_exclude_readers("Killed_ClearFlag"_site, vma);
    return Exclusion::killed;
  }

  /// brk() and fork() store first.
  void vma_iter_store_new(const auto& mm, const auto& address, const auto& vma) {
    if (m.branch(2) == 0) {
      Base::vma_iter_store_new(mm, address, vma);
      return;
    }
    // kernel: rcu_assign_pointer
    m.store("Brk_StoreTree"_site, mm, tree[address], vma, release);
    // kernel: refcount_set_release
    m.store("Brk_SetRefcnt"_site, vma, vm_refcnt, 1, release);
  }

  /// A merge clears first.
  Next vma_iter_clear(const auto& mm, const auto& address, const auto& vma) {
    if (m.branch(2) == 0) {
      // kernel: vma_iter_clear_gfp, rcu_assign_pointer
      m.store("Merge_ClearTree"_site, mm, tree[address], null, release);
    }
    this->vma_mark_detached(mm, vma);
    return Next::part;
  }
  /// Whoever detaches first may store another VMA over it, or fail, and attach the VMA again.
  Next part(const auto& mm, const auto& address, const auto& vma) {
    m.point("Writer_Detached"_point);
    const int what = m.branch(4);
    if (what == 0) {
      m.assume(m.peek(mm, tree[address]) == null);
      return Next::free_from_point;
    }
    m.assume(m.peek(mm, tree[address]) != null);
    if (what == 1) {
      // kernel: vma_mark_attached, refcount_set_release
      m.store("Reattach_SetRefcnt"_site, vma, vm_refcnt, 1, release);
      return Next::none;
    }
    if (what == 2) return Next::replace;
    m.store("Unmap_ClearTree"_site, mm, tree[address], null, release);
    return Next::free;
  }

  /// The count is set before the sequence.
  // kernel: vm_area_dup
  void copy(auto prefix, auto& source, const auto& vma) {
    m.store(prefix + "CopyMm"_site, vma, vm_mm, also(source, vm_mm), plain);
    m.store(prefix + "CopyStart"_site, vma, vm_start, also(source, vm_start), plain);
    m.store(prefix + "CopyData"_site, vma, vm_data, also(source, vm_data), plain);
    source.forget();
    // kernel: vm_area_dup, refcount_set
    m.store(prefix + "SetRefcnt"_site, vma, vm_refcnt, 0, once);
    m.store(prefix + "SetSeq"_site, vma, vm_lock_seq, no_seq, plain);
  }
  // kernel: vm_area_dup
  void vm_area_dup(auto& source, const auto& vma, const auto& address) {
    copy("Dup_"_site, source, vma);
    m.store("Dup_SetStart"_site, vma, vm_start, address, plain);
  }

  /// Who forks keeps the mm that it forks from. False if it gives up.
  bool begin_fork(auto& from) {
    // kernel: none, who forks is a task of that mm
    m.add_when("Fork_Grab"_site, from, mm_count, 1, once, [](const auto& n) { return n != 0; });
    m.point("Writer_Forks"_point);
    if (m.branch(2) == 1) {
      this->mmdrop("Fork_DropNone"_site, from);  // kernel: none, who forks is a task of that mm
      return false;
    }
    // kernel: mmap_write_lock, down_write
    m.add_when("Fork_Lock"_site, from, mmap_lock, -1, acquire, [](auto n) { return n == 0; });
    return true;
  }
  void copy_none(const auto& from) {
    // kernel: mmap_write_unlock, up_write
    m.fetch_add("Fork_UnlockNone"_site, from, mmap_lock, 1, release);
    this->mmdrop("Fork_DropNone"_site, from);
  }
  /// The copy is another mm's than its source.
  void dup_mmap(const auto& mm, auto& from, auto& source, const auto& vma) {
    copy("Fork_"_site, source, vma);
    // kernel: mmap_write_unlock, up_write
    m.fetch_add("Fork_Unlock"_site, from, mmap_lock, 1, release);
    this->mmdrop("Fork_Drop"_site, from);  // kernel: none, who forks is a task of that mm
    from.forget();
    static_cast<Self&>(*this).set_mm(mm, vma);
  }
  void set_mm(const auto& mm, const auto& vma) {
    m.store("Fork_SetMm"_site, vma, vm_mm, mm, plain);  // kernel: dup_mmap
  }
};

template <class M>
struct Linux : Choosing<M, Linux<M>> {
  using Choosing<M, Linux<M>>::Choosing;
};

/// That it was killed is not looked at: it goes on with a VMA that has no mark.
template <class M>
struct KilledGoesOn : Choosing<M, KilledGoesOn<M>> {
  using Base = Choosing<M, KilledGoesOn>;
  using Base::Base;
  Exclusion vma_start_write(const auto& mm, const auto& vma) {
    const Exclusion how = Base::vma_start_write(mm, vma);
    return how == Exclusion::killed ? Exclusion::complete : how;
  }
};

/// A reader under mmap_lock gives that back, and only then counts what it has found.
template <class M>
struct CountsAfterMmapLock : Choosing<M, CountsAfterMmapLock<M>> {
  using Base = Choosing<M, CountsAfterMmapLock>;
  using Base::Base;
  using Base::m;
  bool fall_back(const auto& mm, const auto& address, auto& vma) {
    if (!this->find_under_mmap_lock(mm, address, vma)) return false;
    m.fetch_sub("MmapRead_Unlock"_site, mm, mmap_lock, 1, release);
    return this->vma_start_read_locked(vma);
  }
};

/// Readers under mmap_lock come in while the marks of the writer are still there.
template <class M>
struct DowngradeBeforeEnd : Choosing<M, DowngradeBeforeEnd<M>> {
  using Base = Choosing<M, DowngradeBeforeEnd>;
  using Base::Base;
  void mmap_write_downgrade(const auto& mm) {
    this->downgrade_write(mm);
    this->vma_end_write_all("MmapDowngrade_"_site, mm);
  }
};

/// What is in the way of MAP_FIXED is stored over with readers inside.
template <class M>
struct MapFixedUnmarked : Choosing<M, MapFixedUnmarked<M>> {
  using Choosing<M, MapFixedUnmarked>::Choosing;
  static constexpr std::optional<Change> unmarked = Change::replace;
};

/// The same code. Who forks needs two mms, and the sizes of `linux` have one.
template <class M>
struct LinuxForks : Choosing<M, LinuxForks<M>> {
  using Choosing<M, LinuxForks>::Choosing;
};

/// The copy says that it is the other mm's, for which a reader of that one takes it.
template <class M>
struct ForkKeepsMm : Choosing<M, ForkKeepsMm<M>> {
  using Base = Choosing<M, ForkKeepsMm>;
  using Base::Base;
  using Base::m;
  void set_mm(const auto&, const auto&) { nothing(m, "Fork_SetMm"_site); }
};

}  // namespace

std::vector<Form> variants_of_linux() {
  return {variant<Linux>("linux"),
          variant<KilledGoesOn>("killed_goes_on"),
          variant<CountsAfterMmapLock>("counts_after_mmap_lock"),
          variant<DowngradeBeforeEnd>("downgrade_before_end"),
          variant<MapFixedUnmarked>("map_fixed_unmarked"),
          variant<LinuxForks>("linux_forks"),
          variant<ForkKeepsMm>("fork_keeps_mm")};
}

}  // namespace lockstep::vma_refcnt
