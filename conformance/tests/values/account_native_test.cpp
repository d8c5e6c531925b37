// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>

#include "tests/values/account.hpp"
#include "tests/values/native.hpp"

namespace lockstep::values {
namespace {

using account::Box;
struct Layout : NativeLayout, Objects<Box, account::lock, account::other, account::data> {};
using Machine = SlowMachine<Layout>;

/// How many of the additions that threads made are not in the account?
template <template <class> class Form>
int lost() {
  Machine::Stores stores;
  Machine m(stores);
  Form<Machine> form{m};
  NativeObject<Layout, Box> object;
  const Machine::Ref<Box> box(&object);
  std::atomic<int> added = 0;
  on_threads(3, [&](int) {
    for (int i = 0; i < 2000; ++i) {
      if (!form.enter(box)) continue;
      form.add(box);
      form.leave(box);
      ++added;
    }
  });
  CHECK(m.peek(box, account::lock) == 0);
  CHECK(added != 0);
  const bool wheel = std::is_same_v<Form<Machine>, account::Wheel<Machine>>;
  return (wheel ? -(added % 2) : added.load()) - m.peek(box, account::data);
}

}  // namespace

TEST_CASE("locks on threads: who has it is alone", "[values]") {
  CHECK(lost<account::Holds>() == 0);
  CHECK(lost<account::Tries>() == 0);
  CHECK(lost<account::Mutex>() == 0);
  CHECK(lost<account::MutexTries>() == 0);
}

TEST_CASE("a number that wraps, on threads: it does, and loses nothing else", "[values]") {
  CHECK(lost<account::Wheel>() == 0);
  Machine::Stores stores;
  Machine m(stores);
  NativeObject<Layout, Box> object;
  const Machine::Ref<Box> box(&object);
  for (const int next : {1, 2, 0, 1}) {
    m.increment_modulo("Turn"_site, box, account::data, 3, 0, Order::once);
    CHECK(m.peek(box, account::data) == next);
  }
  m.increment_modulo("Turn"_site, box, account::data, 2, -1, Order::once);
  CHECK(m.peek(box, account::data) == 2);
  m.increment_modulo("Turn"_site, box, account::data, 0, 0, Order::release);
  CHECK(m.peek(box, account::data) == 3);
  m.store("Set"_site, box, account::data, 0, Order::once);
  for (const int next : {-1, 0, -1}) {
    m.increment_modulo("Turn"_site, box, account::data, 2, -1, Order::once);
    CHECK(m.peek(box, account::data) == next);
  }
}

TEST_CASE("locks on threads: without it, or where a try is ignored, one is lost", "[values]") {
  CHECK(comes([] { return lost<account::NoLock>() != 0; }));
  CHECK(comes([] { return lost<account::TryIgnored>() != 0; }));
}

}  // namespace lockstep::values
