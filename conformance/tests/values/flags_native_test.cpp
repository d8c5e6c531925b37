// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>

#include "tests/values/flags.hpp"
#include "tests/values/native.hpp"

namespace lockstep::values {
namespace {

using flags::Box;
struct Layout : NativeLayout, Objects<Box, flags::flags, flags::data> {};
using Machine = SlowMachine<Layout>;

/// How often was a bit not as it was left, or an addition under the lock lost?
template <template <class> class Form>
int wrong() {
  Machine::Stores stores;
  Machine m(stores);
  Form<Machine> form{m};
  NativeObject<Layout, Box> object;
  const Machine::Ref<Box> box(&object);
  std::atomic<int> added = 0, wrong = 0;
  on_threads(3, [&](int thread) {
    for (int i = 0; i < 2000; ++i) {
      if (thread == 0) {
        form.mark(box);
        form.clean(box);
        const bool is = odd(m.load("Look"_site, box, flags::flags, Order::once));
        wrong +=
            is && !m.test_bit("Test"_site, box, flags::flags, flags::dirty, Order::once) ? 0 : 1;
        // Only this thread changes these two.
        wrong += m.test_and_clear_bit("Unmark"_site, box, flags::flags, flags::marked, Order::full)
                     ? 0
                     : 1;
        wrong += m.test_and_set_bit("Soil"_site, box, flags::flags, flags::dirty, Order::full);
      } else if (form.enter(box)) {
        form.add(box);
        wrong += form.leave(box) ? 0 : 1;
        ++added;
      }
    }
  });
  return wrong + std::abs(added - m.peek(box, flags::data)) +
         (m.peek(box, flags::flags) == 1 << flags::dirty ? 0 : 1);
}

}  // namespace

TEST_CASE("bits on threads: nobody changes another's", "[values]") {
  CHECK(wrong<flags::Holds>() == 0);
  CHECK(wrong<flags::ByMasks>() == 0);
}

TEST_CASE("bits on threads: a load and a store do", "[values]") {
  CHECK(comes([] { return wrong<flags::MarkStores>() != 0; }));
  CHECK(comes([] { return wrong<flags::LeaveStores>() != 0; }));
}

TEST_CASE("bits on threads: each says what it found", "[values]") {
  Machine::Stores stores;
  Machine m(stores);
  NativeObject<Layout, Box> object;
  const Machine::Ref<Box> box(&object);
  CHECK(m.fetch_or("A"_site, box, flags::flags, 5, Order::full) == 0);
  CHECK(m.fetch_and("A"_site, box, flags::flags, 6, Order::full) == 5);
  CHECK(m.fetch_andnot("A"_site, box, flags::flags, 2, Order::full) == 4);
  CHECK(m.peek(box, flags::flags) == 4);
  for (const Order order : {Order::full, Order::acquire}) {
    CHECK_FALSE(m.test_and_set_bit("A"_site, box, flags::flags, 0, order));
    CHECK(m.test_and_set_bit("A"_site, box, flags::flags, 0, order));
    CHECK(m.peek(box, flags::flags) == 5);
    CHECK(m.test_bit("A"_site, box, flags::flags, 0, order));
    CHECK_FALSE(m.test_bit("A"_site, box, flags::flags, 1, order));
    CHECK(m.test_and_clear_bit("A"_site, box, flags::flags, 0, order));
    CHECK_FALSE(m.test_and_clear_bit("A"_site, box, flags::flags, 0, order));
  }
  CHECK(m.peek(box, flags::flags) == 4);
}

}  // namespace lockstep::values
