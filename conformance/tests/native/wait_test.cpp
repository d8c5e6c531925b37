// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/native/toy.hpp"
#include "tests/native/watchdog.hpp"
#include "tests/process.hpp"

using namespace lockstep;
using namespace lockstep::toy;
using namespace std::chrono_literals;

namespace {

/// One is inside until another sleeps on it; then it leaves. Says whether the other woke up not
/// before that.
bool leaves_a_sleeper(bool wakes, std::chrono::milliseconds limit) {
  const testing::Watchdog watchdog("one waits for another to leave", limit);
  Machine::Stores stores;
  Machine m(stores);
  NativeObject<Layout, Room> place;
  const Machine::Ref<Room> at(&place);
  m.fetch_add("Enter"_site, at, inside, 1, Order::once);
  std::atomic<bool> left{false};
  bool waited = false;
  std::thread sleeper([&] {
    rcuwait_wait_event(m, "Drain_"_site, at, waiting,
                       [&] { return m.load("Drain_Look"_site, at, inside, Order::once) == 0; });
    waited = left;
  });
  std::this_thread::sleep_for(50ms);
  left = true;
  m.fetch_sub("Leave"_site, at, inside, 1, Order::release);
  if (wakes) rcuwait_wake_up(m, "Leave_"_site, at, waiting);
  sleeper.join();
  return waited && m.peek(at, waiting) == null;
}

}  // namespace

TEST_CASE("the last to leave wakes the one who sleeps") {
  CHECK(leaves_a_sleeper(true, 20s));
}

TEST_CASE("without the wake-up it sleeps for ever, and the watchdog says so") {
  const char* const told = "LOCKSTEP_TEST_SLEEPS";
  if (std::getenv(told) != nullptr) {
    leaves_a_sleeper(false, 500ms);
    return;
  }
  setenv(told, "1", 1);
  const auto outcome = testing::run({"/proc/self/exe", "without the wake-up*"});
  unsetenv(told);
  CHECK(outcome.status == 3);
  CHECK(outcome.err == "no end after 500 ms, a lost wake-up? one waits for another to leave\n");
}
