// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "lockstep/native.hpp"
#include "lockstep/urcu.hpp"
#include "tests/native/watchdog.hpp"
#include "tests/rcu/reference/board.hpp"

// Waits for readers on real threads, by the toy of tests/rcu; and kinds of all lifetimes.
using namespace lockstep;
using namespace std::chrono_literals;

namespace {

namespace toy = lockstep::board;

struct Layout : Objects<toy::Board, toy::pinned>, Objects<toy::Notice, toy::text> {
  using Allocated = Lives<Freed<toy::Notice, 2>>;
};
using Machine = NativeMachine<Layout, Urcu>;
using NoticeRef = Machine::Ref<toy::Notice>;

/// What a reader sees of a notice that it has found, before it is taken down and after.
struct Seen {
  int before = 0, after = 0;
  bool kept = false;  ///< the keeper had not come to its end when the reader read again
};

/// A reader is inside, with what it has found, while the keeper does what it does.
template <toy::Choices is>
Seen across(void (*keeper)(Machine&, Machine::Ref<toy::Board>, NoticeRef)) {
  const testing::Watchdog watchdog("a keeper waits for a reader", 20s);
  Machine::Stores stores;
  Machine m(stores);
  toy::NoticeBoard<Machine, is> protocol{m};
  NativeObject<Layout, toy::Board> place;
  const Machine::Ref<toy::Board> at(&place);
  const NoticeRef notice = m.allocate<toy::Notice>("Pin_Alloc"_site);
  protocol.pin(at, notice);
  Seen seen;
  std::atomic<bool> over{false};
  std::thread other;
  protocol.look(at, [&](int text) {
    seen.before = text;
    other = std::thread([&] {
      keeper(m, at, notice);
      over = true;
    });
    std::this_thread::sleep_for(50ms);
    seen.after = m.peek(notice, toy::text);
    seen.kept = !over;
  });
  other.join();
  CHECK(over);
  return seen;
}

template <toy::Choices is>
void unpins(Machine& m, Machine::Ref<toy::Board> at, NoticeRef notice) {
  toy::NoticeBoard<Machine, is>{m}.unpin(at, notice);
}
/// ... and pins another, with another text: of what is free the last freed comes first.
template <toy::Choices is>
void drops(Machine& m, Machine::Ref<toy::Board> at, NoticeRef notice) {
  toy::NoticeBoard<Machine, is>{m}.drop(at, notice);
  const NoticeRef next = m.allocate<toy::Notice>("Pin_Alloc"_site);
  m.store("Pin_Write"_site, next, toy::text, 7, Order::plain);
  m.free("Unpin_Free"_site, next);
}

/// Readers look, two keepers pin and take down; how many texts were none.
template <toy::Choices is>
long wiped(std::chrono::milliseconds time, bool until_seen) {
  const testing::Watchdog watchdog("readers and keepers of boards", time + 20s);
  Machine::Stores stores;
  std::array<NativeObject<Layout, toy::Board>, 2> boards;
  std::atomic<long> wrong{0}, right{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (auto& board : boards) {
    threads.emplace_back([&] {
      Machine m(stores);
      toy::NoticeBoard<Machine, is> protocol{m};
      const Machine::Ref<toy::Board> at(&board);
      for (int i = 0; !stop; ++i) {
        const NoticeRef notice = m.allocate<toy::Notice>("Pin_Alloc"_site);
        protocol.pin(at, notice);
        if (i % 8 == 0) std::this_thread::yield();
        if (i % 2 == 0) {
          protocol.unpin(at, notice);
        } else {
          protocol.drop(at, notice);
        }
      }
    });
    threads.emplace_back([&] {
      Machine m(stores);
      toy::NoticeBoard<Machine, is> protocol{m};
      const auto use = [&](int text) {
        ++(text == 1 ? right : wrong);
        if (text != 1 && until_seen) stop = true;
      };
      for (int i = 0; !stop; ++i) protocol.look(Machine::Ref<toy::Board>(&boards[i % 2]), use);
    });
  }
  const auto end = std::chrono::steady_clock::now() + time;
  while (!stop && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(1ms);
  stop = true;
  for (std::thread& thread : threads) thread.join();
  CHECK(right > 0);
  return wrong;
}

}  // namespace

TEST_CASE("synchronize_rcu() returns when the reader has left, and what it found stays") {
  const Seen seen = across<toy::Choices{}>(unpins<toy::Choices{}>);
  CHECK(seen.before == 1);
  CHECK(seen.after == 1);
  CHECK(seen.kept);
}

TEST_CASE("without synchronize_rcu() a reader sees its notice wiped") {
  constexpr toy::Choices is{.syncs = false};
  const Seen seen = across<is>(unpins<is>);
  CHECK(seen.before == 1);
  CHECK(seen.after == 0);
  CHECK_FALSE(seen.kept);
}

TEST_CASE("what call_rcu() frees is not handed out again under its reader") {
  const Seen seen = across<toy::Choices{}>(drops<toy::Choices{}>);
  CHECK(seen.before == 1);
  CHECK(seen.after == 1);
  CHECK_FALSE(seen.kept);  // nobody waits
}

TEST_CASE("what is freed at once is another notice under its reader") {
  constexpr toy::Choices is{.drop_at_once = true};
  const Seen seen = across<is>(drops<is>);
  CHECK(seen.before == 1);
  CHECK(seen.after == 7);
}

TEST_CASE("two readers and two keepers: nobody reads what was wiped") {
  CHECK(wiped<toy::Choices{}>(500ms, false) == 0);
}

TEST_CASE("the same without synchronize_rcu(): somebody does") {
  long seen = 0;
  for (int attempt = 0; attempt < 10 && seen == 0; ++attempt) {
    seen = wiped<toy::Choices{.syncs = false}>(1000ms, true);
  }
  CHECK(seen > 0);
}

namespace {

// Five kinds: one kept, two type-safe, one freed after a grace period, one at once.
struct Room {
  static constexpr std::string_view kind = "Room";
};
struct Chair {
  static constexpr std::string_view kind = "Chair";
};
struct Table {
  static constexpr std::string_view kind = "Table";
};
struct Lamp {
  static constexpr std::string_view kind = "Lamp";
};
struct Vase {
  static constexpr std::string_view kind = "Vase";
};
inline constexpr Field<"chair", Room, Chair> chair;
inline constexpr Field<"legs", Chair, int> legs;
inline constexpr Field<"link", Chair, int> chair_link;
inline constexpr Field<"top", Table, int> top;
inline constexpr Field<"light", Lamp, int> light;
inline constexpr Field<"flowers", Vase, int> flowers;

struct House : Objects<Room, chair>,
               Objects<Chair, legs, chair_link>,
               Objects<Table, top>,
               Objects<Lamp, light>,
               Objects<Vase, flowers> {
  using Allocated = Lives<TypeSafe<Chair, 2>, TypeSafe<Table, 4>, RcuFreed<Lamp>, Freed<Vase>>;
};

}  // namespace

TEST_CASE("each kind has a slab of its own, and what is freed is used anew as its life says") {
  const testing::Watchdog watchdog("a lamp is used anew", 20s);
  using M = NativeMachine<House, Urcu>;
  M::Stores stores;
  M m(stores);
  NativeObject<House, Room> its_room;
  const M::Ref<Room> room(&its_room);
  const auto c = m.allocate<Chair>("Make"_site);
  const auto t = m.allocate<Table>("Make"_site);
  const auto l = m.allocate<Lamp>("Make"_site);
  const auto v = m.allocate<Vase>("Make"_site);
  m.store("Put"_site, room, chair, c, Order::release);
  m.store("Fill"_site, c, legs, 4, Order::once);
  m.store("Fill"_site, t, top, 1, Order::once);
  m.store("Fill"_site, l, light, 60, Order::once);
  m.store("Fill"_site, v, flowers, 3, Order::once);
  m.rcu_read_lock("Lock"_site);
  m.free("Free"_site, c, chair_link);
  m.free("Free"_site, t);
  m.free("Free"_site, l);
  m.free("Free"_site, v);
  CHECK(m.allocate<Chair>("Make"_site) == c);
  CHECK(m.allocate<Table>("Make"_site) == t);
  CHECK(m.allocate<Vase>("Make"_site) == v);
  const auto other = m.allocate<Lamp>("Make"_site);
  CHECK_FALSE(other == l);
  CHECK(m.peek(c, legs) == 4);
  CHECK(m.peek(c, chair_link) == garbage<int>());
  CHECK(m.peek(l, light) == 60);
  // call_rcu() is for what a free gives back at once, too.
  m.call_rcu("Later"_site, v);
  const auto vase = m.allocate<Vase>("Make"_site);
  CHECK_FALSE(vase == v);
  m.rcu_read_unlock("Unlock"_site);
  std::vector<M::Ref<Lamp>> lamps{other};
  while (!(lamps.back() == l)) {
    std::this_thread::sleep_for(1ms);
    lamps.push_back(m.allocate<Lamp>("Make"_site));
  }
  for (const auto& lamp : lamps) m.free("Free"_site, lamp);
  m.free("Free"_site, c, chair_link);
  m.free("Free"_site, t);
  m.free("Free"_site, vase);
}
