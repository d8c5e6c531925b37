// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <thread>

#include "tests/native/traffic.hpp"

using namespace lockstep;
using namespace lockstep::vma_refcnt;
using namespace std::chrono_literals;

namespace {

// What happens to a reader on its way: when it has found a VMA; when it has given it back.
std::function<void()> when_found, when_given_back;

template <class M, class Self>
struct Interrupted : VmaRefcnt<M, Self> {
  using Base = VmaRefcnt<M, Self>;
  using Base::Base;
  using Base::mmdrop;
  auto refcount_inc_limited(const auto& vma) {
    if (when_found) std::exchange(when_found, nullptr)();
    return Base::refcount_inc_limited(vma);
  }
  void mmdrop(Site<"Unstable_Drop"> site, const auto& mm) {
    when_given_back();
    Base::mmdrop(site, mm);
  }
};
template <class M>
struct HoldsInterrupted : Interrupted<M, HoldsInterrupted<M>> {
  using Interrupted<M, HoldsInterrupted<M>>::Interrupted;
};

/// The other mm is neither grabbed nor dropped.
template <class M>
struct NoMmGrab : Interrupted<M, NoMmGrab<M>> {
  using Interrupted<M, NoMmGrab<M>>::Interrupted;
  void mmgrab(auto, const auto&) {}
  void mmdrop(Site<"Exit_Drop"> site, const auto& mm) {
    VmaRefcnt<M, NoMmGrab<M>>::mmdrop(site, mm);
  }
  void mmdrop(Site<"Unstable_Drop">, const auto&) { when_given_back(); }
};

/// A reader finds a VMA that another address space has by then. It gives it back, and is to wake
/// the writer of that one, which exits: is the exit over before the reader is done with it?
template <template <class> class Form>
bool exit_is_over_early() {
  const testing::Watchdog watchdog("an address space waits for a reader of another", 20s);
  using Vmas = NativeVmas<Urcu, SmallPages, Form>;
  Vmas vmas;
  typename Vmas::AddressSpace mine, other;
  const auto map = [&](auto& mm) {
    vmas.mmap_write_lock(mm);
    const auto vma = vmas.vm_area_alloc(mm, 1);
    vmas.vma_start_write(mm, vma);
    vmas.vma_link(mm, 1, vma);
    vmas.mmap_write_unlock(mm);
    return vma;
  };
  const auto unmap = [&](auto& mm) {
    vmas.mmap_write_lock(mm);
    const auto vma = vmas.vma_lookup(mm, 1);
    vmas.vma_start_write(mm, vma);
    vmas.vma_unlink(mm, 1, vma);
    vmas.vm_area_free(vma);
    vmas.mmap_write_unlock(mm);
  };
  const auto vma = map(mine);
  std::atomic<bool> over{false};
  bool early = false;
  std::thread exiting;
  when_found = [&] {
    unmap(mine);
    CHECK(map(other) == vma);
  };
  when_given_back = [&] {
    exiting = std::thread([&] {
      unmap(other);
      vmas.mm_exit(other);
      over = true;
    });
    std::this_thread::sleep_for(50ms);
    early = over;
  };
  CHECK_FALSE(vmas.lock_vma_under_rcu(mine, 1));
  exiting.join();
  CHECK(over);
  return early;
}

}  // namespace

TEST_CASE("an address space does not go while a reader of another is to wake its writer") {
  CHECK_FALSE(exit_is_over_early<HoldsInterrupted>());
}

TEST_CASE("D16: without the grab it goes, and the reader is left with what has been freed") {
  CHECK(exit_is_over_early<NoMmGrab>());
}
