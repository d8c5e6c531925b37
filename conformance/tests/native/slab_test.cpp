// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "lockstep/urcu.hpp"
#include "tests/native/traffic.hpp"
#include "tests/native/watchdog.hpp"

using namespace lockstep;
using namespace lockstep::vma_refcnt;

namespace {

std::atomic<int> alive{0};
struct Counted {
  Counted() { ++alive; }
  ~Counted() { --alive; }
};

}  // namespace

TEST_CASE("a freed VMA is handed out again at once, and only its address is garbage") {
  using Vmas = NativeVmas<Urcu, SmallPages>;
  Vmas vmas;
  Vmas::AddressSpace mm;
  const auto vma = vmas.vm_area_alloc(mm, 2);
  vmas.vma_start_write(mm, vma);
  vmas.write(vma, left, 7);
  CHECK(vmas.read(vma, vm_start).raw() == 2);
  vmas.vm_area_free(vma);
  CHECK(vmas.read(vma, vm_start).raw() > SmallPages::slots);
  CHECK(vmas.read(vma, vm_mm) == &mm);
  CHECK(vmas.read(vma, vm_refcnt) == 0);
  CHECK(vmas.vm_area_alloc(mm, 3) == vma);
  CHECK(vmas.read(vma, left) == 7);
  vmas.vm_area_free(vma);
}

TEST_CASE("a page stays while a section that was open at the free is open") {
  {
    TypeSafeSlab<Counted, Urcu, 1> slab;
    Counted* a = slab.allocate();
    Counted* b = slab.allocate();
    Urcu::read_lock();
    slab.free(a);
    CHECK(slab.pages_given_back() == 0);  // the last page with room is kept
    slab.free(b);
    CHECK(slab.pages_given_back() == 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(alive == 2);
    Urcu::read_unlock();
    const testing::Watchdog watchdog("a page goes back", std::chrono::seconds(20));
    while (alive != 1) std::this_thread::yield();
  }
  CHECK(alive == 0);
}

TEST_CASE("without RCU no page goes back before the slab does") {
  {
    TypeSafeSlab<Counted, NoRcu, 1> slab;
    Counted* a = slab.allocate();
    Counted* b = slab.allocate();
    slab.free(a);
    slab.free(b);
    CHECK(alive == 2);
    CHECK(slab.allocate() == b);
    slab.free(b);
  }
  CHECK(alive == 0);
}
