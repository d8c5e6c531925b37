// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "protocols/vma_refcnt_variants.hpp"

// The lookup: which checks it makes, and in which order.
namespace lockstep::vma_refcnt {
namespace {

/// Nothing keeps the page of what the walk finds.
template <class M>
struct LookupWithoutRcu : VmaRefcnt<M, LookupWithoutRcu<M>> {
  using Base = VmaRefcnt<M, LookupWithoutRcu>;
  using Base::Base;
  using Base::m;
  void rcu_read_lock(auto site) { nothing(m, site); }
};

/// A lookup that succeeds never leaves its section, and the pages of what is freed stay.
template <class M>
struct LookupKeepsRcu : VmaRefcnt<M, LookupKeepsRcu<M>> {
  using Base = VmaRefcnt<M, LookupKeepsRcu>;
  using Base::Base;
  using Base::rcu_read_unlock;
  void rcu_read_unlock(Site<"Lookup_RcuUnlock">) {}
};

/// A marked VMA is tried again, for as long as its writer likes, instead of taking mmap_lock.
template <class M>
struct RetriesWriteLocked : VmaRefcnt<M, RetriesWriteLocked<M>> {
  using VmaRefcnt<M, RetriesWriteLocked>::VmaRefcnt;
  static constexpr auto when_marked = again;
};

/// Holds: the early look only saves the readers of a marked VMA the two changes of its count.
template <class M>
struct NoEarlyCheck : VmaRefcnt<M, NoEarlyCheck<M>> {
  using VmaRefcnt<M, NoEarlyCheck>::VmaRefcnt;
  bool maybe_write_locked(const auto&, const auto&) { return false; }
};

/// refcount_inc() in place of refcount_inc_not_zero(): a detached VMA is taken too.
template <class M>
struct IncrementFromZero : VmaRefcnt<M, IncrementFromZero<M>> {
  using Base = VmaRefcnt<M, IncrementFromZero>;
  using Base::Base;
  using Base::m;
  auto refcount_inc_limited(const auto& vma) {
    return m.fetch_add_unless("StartRead_IncRef"_site, vma, vm_refcnt, 1, acquire,
                              [this](auto n) { return n >= this->limit; });
  }
  bool detached(const auto&) { return false; }
};

/// refcount_inc_not_zero() without a limit: the flag of a waiting writer keeps nobody out, and
/// enough readers look like it.
template <class M>
struct NoReaderLimit : VmaRefcnt<M, NoReaderLimit<M>> {
  using Base = VmaRefcnt<M, NoReaderLimit>;
  using Base::Base;
  using Base::m;
  auto refcount_inc_limited(const auto& vma) {
    return m.fetch_add_unless("StartRead_IncRef"_site, vma, vm_refcnt, 1, acquire,
                              [](auto n) { return n == 0; });
  }
  bool too_many(const auto&) { return false; }
};

/// A reader is turned away because another is inside.
template <class M>
struct OneReaderAtATime : VmaRefcnt<M, OneReaderAtATime<M>> {
  using VmaRefcnt<M, OneReaderAtATime>::VmaRefcnt;
  auto too_many(const auto& count) { return either(count >= this->limit, count >= 2); }
};

/// The VMA may be another mm's, whose sequence says nothing about ours.
template <class M>
struct NoMmCheck : VmaRefcnt<M, NoMmCheck<M>> {
  using VmaRefcnt<M, NoMmCheck>::VmaRefcnt;
  bool put_if_other_mm(const auto&, const auto&) { return false; }
};

/// The early look is taken for the lock: a mark that was set since is not seen.
template <class M>
struct NoRecheck : VmaRefcnt<M, NoRecheck<M>> {
  using VmaRefcnt<M, NoRecheck>::VmaRefcnt;
  bool is_write_locked(const auto&, const auto&) { return false; }
};

/// The VMA may have been recycled for another address.
template <class M>
struct NoRangeCheck : VmaRefcnt<M, NoRangeCheck<M>> {
  using VmaRefcnt<M, NoRangeCheck>::VmaRefcnt;
  bool covers(const auto&, const auto&) { return true; }
};

/// The order of v6.15, where lock_vma_under_rcu() itself looked at the mm. A VMA of another mm with
/// an equal number fails a little earlier: its put wakes a writer whose mm nobody keeps.
template <class M>
struct MmCheckLast : VmaRefcnt<M, MmCheckLast<M>> {
  using Base = VmaRefcnt<M, MmCheckLast>;
  using Base::Base;
  using Base::m;
  Attempt vma_start_read(const auto& mm, auto& vma) {
    if (this->maybe_write_locked(mm, vma)) {
      vma = null;
      return this->start_read_failed(vma);
    }
    const auto count = this->refcount_inc_limited(vma);
    if (this->detached(count)) {
      vma = again;
      return this->start_read_failed(vma);
    }
    if (this->too_many(count)) {
      vma = null;
      return this->start_read_failed(vma);
    }
    if (this->is_write_locked(mm, vma)) {
      this->vma_refcount_put("StartRead_Put"_site, vma);
      return this->start_read_failed(vma);
    }
    if (this->put_if_other_mm(mm, vma)) return Attempt::failed;
    return Attempt::locked;
  }
};

}  // namespace

std::vector<Form> variants_of_lookup() {
  return {variant<LookupWithoutRcu>("lookup_without_rcu"),
          variant<LookupKeepsRcu>("lookup_keeps_rcu"),
          variant<RetriesWriteLocked>("retries_write_locked"),
          variant<NoEarlyCheck>("no_early_check"),
          variant<IncrementFromZero>("increment_from_zero"),
          variant<NoReaderLimit>("no_reader_limit"),
          variant<OneReaderAtATime>("one_reader_at_a_time"),
          variant<NoMmCheck>("no_mm_check"),
          variant<NoRecheck>("no_recheck"),
          variant<NoRangeCheck>("no_range_check"),
          variant<MmCheckLast>("mm_check_last")};
}

}  // namespace lockstep::vma_refcnt
