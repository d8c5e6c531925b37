// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/native/toy.hpp"
#include "tests/native/watchdog.hpp"

using namespace lockstep;

namespace {

std::atomic<int> alive{0};
struct Counted {
  Counted() { ++alive; }
  ~Counted() { --alive; }
};

}  // namespace

TEST_CASE("a freed object is handed out again at once, and only its link is garbage") {
  using namespace toy;
  Machine::Stores stores;
  Machine m(stores);
  NativeObject<Layout, Room> its_room;
  const auto thing = m.allocate<Thing>("Make"_site);
  m.store("Fill"_site, thing, number, 7, Order::once);
  m.store("Place"_site, thing, room, Machine::Ref<Room>(&its_room), Order::once);
  m.store("Link"_site, thing, chain, 2, Order::once);
  CHECK(m.peek(thing, chain) == 2);
  m.free("Free"_site, thing, chain);
  CHECK(m.peek(thing, chain) == garbage<int>());
  CHECK(m.peek(thing, number) == 7);
  CHECK(m.peek(thing, room) == Machine::Ref<Room>(&its_room));
  CHECK(m.allocate<Thing>("Make"_site) == thing);
  CHECK(m.peek(thing, number) == 7);
  m.free("Free"_site, thing, chain);
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
