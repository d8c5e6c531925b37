// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/native/traffic.hpp"
#include "tests/native/variants.hpp"
#include "tests/process.hpp"

using namespace lockstep;
using namespace lockstep::vma_refcnt;
using namespace std::chrono_literals;

namespace {

/// A reader is inside until a writer sleeps on it; then it leaves. Says what the writer found.
template <template <class> class Form>
bool reader_leaves_sleeping_writer(std::chrono::milliseconds limit) {
  const testing::Watchdog watchdog("a writer waits for one reader to leave", limit);
  using Vmas = NativeVmas<Urcu, SmallPages, Form>;
  Vmas vmas;
  typename Vmas::AddressSpace mm;
  vmas.mmap_write_lock(mm);
  const auto vma = vmas.vm_area_alloc(mm, 1);
  vmas.vma_start_write(mm, vma);
  vmas.vma_link(mm, 1, vma);
  vmas.mmap_write_unlock(mm);

  const auto held = vmas.lock_vma_under_rcu(mm, 1);
  std::atomic<bool> left_it{false};
  bool waited = false;
  std::thread writer([&] {
    vmas.mmap_write_lock(mm);
    vmas.vma_start_write(mm, vma);
    waited = left_it;
    vmas.vma_unlink(mm, 1, vma);
    vmas.vm_area_free(vma);
    vmas.mmap_write_unlock(mm);
  });
  std::this_thread::sleep_for(50ms);
  const auto refused = vmas.lock_vma_under_rcu(mm, 1);
  left_it = true;
  vmas.vma_end_read(held);
  writer.join();
  return waited && !refused && !vmas.lock_vma_under_rcu(mm, 1);
}

}  // namespace

TEST_CASE("the last reader to leave wakes the sleeping writer, which nobody could pass") {
  CHECK(reader_leaves_sleeping_writer<Holds>(20s));
}

TEST_CASE("without the wake-up the writer sleeps for ever, and the watchdog says so") {
  const char* const told = "LOCKSTEP_TEST_SLEEPS";
  if (std::getenv(told) != nullptr) {
    reader_leaves_sleeping_writer<NoWakeUp>(500ms);
    return;
  }
  setenv(told, "1", 1);
  const auto outcome = testing::run({"/proc/self/exe", "without the wake-up*"});
  unsetenv(told);
  CHECK(outcome.status == 3);
  CHECK(outcome.err ==
        "no end after 500 ms, a lost wake-up? a writer waits for one reader to leave\n");
}
