// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <thread>

#include "vma_refcnt.hpp"

// Forms of the protocol for real threads: today's, with the processor given away where a race has
// to fall to be seen; and that form without one of its safeguards.
namespace lockstep::vma_refcnt {

template <class M, class Self>
struct Hesitates : VmaRefcnt<M, Self> {
  using Base = VmaRefcnt<M, Self>;
  using Base::Base;
  /// Found and looked at: now the VMA may be marked, unmapped or recycled.
  auto refcount_inc_limited(const auto& vma) {
    std::this_thread::yield();
    return Base::refcount_inc_limited(vma);
  }
  bool is_write_locked(const auto& mm, const auto& vma) {
    std::this_thread::yield();
    return Base::is_write_locked(mm, vma);
  }
};

template <class M>
struct HoldsHesitating : Hesitates<M, HoldsHesitating<M>> {
  using Hesitates<M, HoldsHesitating<M>>::Hesitates;
};

/// The writer keeps new readers out and does not wait for those inside, unless it unmaps.
template <class M>
struct WriterDoesNotWait : Hesitates<M, WriterDoesNotWait<M>> {
  using Base = Hesitates<M, WriterDoesNotWait<M>>;
  using Base::Base;
  Exclusion wait_for_readers(auto prefix, const auto& mm, const auto& vma, const auto& target) {
    if (decltype(prefix)::name != "Detach_") return Exclusion::complete;
    return Base::wait_for_readers(prefix, mm, vma, target);
  }
};

/// The reader does not look at the mark again once it has the count.
template <class M>
struct NoRecheck : Hesitates<M, NoRecheck<M>> {
  using Hesitates<M, NoRecheck<M>>::Hesitates;
  bool is_write_locked(const auto&, const auto&) { return false; }
};

/// The reader takes what it found for what it asked for.
template <class M>
struct NoRangeCheck : Hesitates<M, NoRangeCheck<M>> {
  using Hesitates<M, NoRangeCheck<M>>::Hesitates;
  bool covers(const auto&, const auto&) { return true; }
};

/// ... and takes any mm's VMA.
template <class M>
struct NoMmCheck : Hesitates<M, NoMmCheck<M>> {
  using Hesitates<M, NoMmCheck<M>>::Hesitates;
  bool put_if_other_mm(const auto&, const auto&) { return false; }
};

}  // namespace lockstep::vma_refcnt
