// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <atomic>
#include <catch2/catch.hpp>

#include "tests/values/native.hpp"
#include "tests/values/parcel.hpp"

namespace lockstep::values {
namespace {

struct Layout : NativeLayout, Objects<parcel::Box, parcel::data, parcel::gift, parcel::seen> {};
using Machine = SlowMachine<Layout>;
using Boxes = std::vector<NativeObject<Layout, parcel::Box>>;
struct Shelf {
  static constexpr std::string_view kind = "Shelf";
};
constexpr Field<"top", Shelf, parcel::Box> top;
struct Shelves : Layout, Objects<Shelf, top> {};
constexpr int boxes = 2000, takers = 3;

/// How often was a box given to another number than one, opened empty, or not counted right?
template <template <class> class Form>
int wrong() {
  Machine::Stores stores;
  Machine m(stores);
  Form<Machine> form{m};
  Boxes all(boxes);
  std::vector<std::atomic<int>> got(boxes), came(boxes);
  std::atomic<int> wrong = 0;
  on_threads(takers + 1, [&](int thread) {
    for (std::size_t i = 0; i < boxes; ++i) {
      const Machine::Ref<parcel::Box> box(&all[i]);
      if (thread == takers) {
        form.give(box);
        continue;
      }
      int found = 0;
      while (found == 0) found = form.take(box);
      if (found == 1 && m.peek(box, parcel::data) != 1) ++wrong;
      got[i] += found == 1 ? 1 : 0;
      ++came[i];
      form.count(box);
    }
  });
  for (std::size_t i = 0; i < boxes; ++i) {
    const Machine::Ref<parcel::Box> box(&all[i]);
    wrong += got[i] != 1 ? 1 : 0;
    wrong += m.peek(box, parcel::seen) != came[i] ? 1 : 0;
    wrong += m.peek(box, parcel::gift) != 2 ? 1 : 0;
  }
  return wrong;
}

}  // namespace

TEST_CASE("exchanges on threads: one gets it, and all are counted", "[values]") {
  CHECK(wrong<parcel::Holds>() == 0);
}

TEST_CASE("exchanges on threads: a load and a store are not enough", "[values]") {
  CHECK(comes([] { return wrong<parcel::TakeStores>() != 0; }));
  CHECK(comes([] { return wrong<parcel::CountStores>() != 0; }));
}

TEST_CASE("exchanges on threads: what goes round is never lost, and never two", "[values]") {
  Machine::Stores stores;
  Machine m(stores);
  NativeObject<Layout, parcel::Box> object;
  const Machine::Ref<parcel::Box> box(&object);
  constexpr int threads = 3;
  std::array<int, threads + 1> last{};
  std::atomic<int> here = 0;
  on_threads(threads, [&](int thread) {
    int mine = thread + 1;
    ++here;
    while (here != threads) std::this_thread::yield();
    for (int i = 0; i < 2'000'000; ++i) {
      mine = m.xchg("Pass"_site, box, parcel::gift, mine, Order::full);
    }
    last[static_cast<std::size_t>(thread)] = mine;
  });
  last[threads] = m.peek(box, parcel::gift);
  std::ranges::sort(last);
  CHECK(last == std::array{0, 1, 2, 3});
}

TEST_CASE("exchanges on threads: they give what they found, of numbers and of objects",
          "[values]") {
  using M = NativeMachine<Shelves, NoRcu>;
  M::Stores stores;
  M m(stores);
  NativeObject<Shelves, Shelf> object;
  NativeObject<Shelves, parcel::Box> one, two;
  const M::Ref<Shelf> shelf(&object);
  const M::Ref<parcel::Box> a(&one), b(&two);
  CHECK(m.xchg("Put"_site, a, parcel::gift, 7, Order::full) == 0);
  CHECK(m.cmpxchg("Try"_site, a, parcel::gift, 6, 8, Order::full) == 7);
  CHECK(m.peek(a, parcel::gift) == 7);
  CHECK(m.cmpxchg("Try"_site, a, parcel::gift, 7, 8, Order::release) == 7);
  CHECK(m.peek(a, parcel::gift) == 8);
  CHECK(m.xchg("Put"_site, shelf, top, a, Order::once) == null);
  CHECK(m.cmpxchg("Try"_site, shelf, top, null, b, Order::acquire) == a);
  CHECK(m.cmpxchg("Try"_site, shelf, top, a, b, Order::release) == a);
  CHECK(m.xchg("Put"_site, shelf, top, null, Order::full) == b);
  CHECK(m.peek(shelf, top) == null);
}

}  // namespace lockstep::values
