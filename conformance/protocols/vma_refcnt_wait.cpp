// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "protocols/vma_refcnt_variants.hpp"

// Waiting for readers, and waking who waits: both halves of it.
namespace lockstep::vma_refcnt {
namespace {

template <class M>
struct PutNeverWakes : VmaRefcnt<M, PutNeverWakes<M>> {
  using VmaRefcnt<M, PutNeverWakes>::VmaRefcnt;
  bool only_writer_left(const auto&) { return false; }
};

/// A writer that detaches waits for the flag alone: the tree's count is gone.
template <class M>
struct PutWakesOnlyAttached : VmaRefcnt<M, PutWakesOnlyAttached<M>> {
  using VmaRefcnt<M, PutWakesOnlyAttached>::VmaRefcnt;
  bool only_writer_left(const auto& count) { return count == this->flag + 1; }
};

/// Looks at the VMA after it has given it back: it may be gone, or another mm's.
template <class M>
struct PutLoadsMmLate : VmaRefcnt<M, PutLoadsMmLate<M>> {
  using Base = VmaRefcnt<M, PutLoadsMmLate>;
  using Base::Base;
  using Base::m;
  using Base::vma_refcount_put;
  void vma_refcount_put(Site<"Put_"> prefix, auto& vma) {
    const auto count = m.fetch_sub("Put_Dec"_site, vma, vm_refcnt, 1, release);
    if (!this->only_writer_left(count - 1)) {
      vma.forget();
      return;
    }
    auto waiting = m.named("rwake"_local, m.load("Put_LoadMm"_site, vma, vm_mm, plain));
    vma.forget();
    rcuwait_wake_up(m, prefix, waiting, writer_wait);
  }
};

/// The flag keeps new readers out, but those inside are not waited for.
template <class M>
struct WriteDoesNotWait : VmaRefcnt<M, WriteDoesNotWait<M>> {
  using Base = VmaRefcnt<M, WriteDoesNotWait>;
  using Base::Base;
  using Base::wait_for_readers;
  Exclusion wait_for_readers(Site<"StartWrite_">, const auto&, const auto&, const auto&) {
    return Exclusion::complete;
  }
};

/// D14: a count that readers have raised for a moment is left to them.
template <class M>
struct DetachDoesNotWait : VmaRefcnt<M, DetachDoesNotWait<M>> {
  using Base = VmaRefcnt<M, DetachDoesNotWait>;
  using Base::Base;
  using Base::m;
  void vma_mark_detached(const auto&, const auto& vma) {
    m.fetch_sub("Detach_Dec"_site, vma, vm_refcnt, 1, release);
  }
};

/// The state is set after the look: a wake-up between the two is overwritten, and lost.
template <class M>
struct StateSetAfterCheck : VmaRefcnt<M, StateSetAfterCheck<M>> {
  using Base = VmaRefcnt<M, StateSetAfterCheck>;
  using Base::Base;
  using Base::m;
  Exclusion wait_for_readers(auto prefix, const auto& mm, const auto& vma, const auto& target) {
    m.store(prefix + "SetWaiter"_site, mm, writer_wait, m.self(), release);
    while (m.load(prefix + "CheckCount"_site, vma, vm_refcnt, once) != target) {
      m.store(prefix + "SetState"_site, m.self(), task_state, sleeping, full);
      m.wait(prefix + "Sleep"_site, m.self(), task_state, running);
    }
    rcuwait_finish(m, prefix, mm, writer_wait);
    return Exclusion::complete;
  }
};

/// The wait is over, and wakers still find the writer.
template <class M>
struct FinishKeepsWaiter : VmaRefcnt<M, FinishKeepsWaiter<M>> {
  using Base = VmaRefcnt<M, FinishKeepsWaiter>;
  using Base::Base;
  using Base::m;
  Exclusion wait_for_readers(auto prefix, const auto& mm, const auto& vma, const auto& target) {
    const auto left = [&] { return this->count_is(prefix, vma, target); };
    rcuwait_until(m, prefix, mm, writer_wait, left, [] { return false; });
    m.store(prefix + "Finish"_site, m.self(), task_state, running, once);
    return Exclusion::complete;
  }
};

/// Holds: v6 to v9 of the series. The waiting writer has a count of its own beside the flag.
template <class M>
struct WriterCountsItself : VmaRefcnt<M, WriterCountsItself<M>> {
  using VmaRefcnt<M, WriterCountsItself>::VmaRefcnt;
  static constexpr int writer_counts = 1;
};

}  // namespace

std::vector<Form> variants_of_wait() {
  return {variant<PutNeverWakes>("put_never_wakes"),
          variant<PutWakesOnlyAttached>("put_wakes_only_attached"),
          variant<PutLoadsMmLate>("put_loads_mm_late"),
          variant<WriteDoesNotWait>("write_does_not_wait"),
          variant<DetachDoesNotWait>("detach_does_not_wait"),
          variant<StateSetAfterCheck>("state_set_after_check"),
          variant<FinishKeepsWaiter>("finish_keeps_waiter"),
          variant<WriterCountsItself>("writer_counts_itself")};
}

}  // namespace lockstep::vma_refcnt
