// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <thread>
#include <vector>

#include "lockstep/native.hpp"
#include "tests/native/watchdog.hpp"

namespace lockstep::values {

/// What a layout of these toys has: nothing is allocated, and there is no RCU.
struct Nothing {
  static constexpr std::string_view kind = "Nothing";
};
inline constexpr Field<"nothing", Nothing, int> nothing;
struct NativeLayout : Objects<Nothing, nothing> {
  using Allocated = Lives<>;
};

/// A machine on which a task is often preempted behind a load: what is not atomic soon shows.
template <class Layout>
struct SlowMachine : NativeMachine<Layout, NoRcu> {
  using Native = NativeMachine<Layout, NoRcu>;
  using Native::Native;
  template <class... Access>
  auto load(const Access&... access) {
    auto found = Native::load(access...);
    std::this_thread::yield();
    return found;
  }
};

/// Runs `work` on so many threads, each with its number.
inline void on_threads(int threads, const std::function<void(int)>& work) {
  const testing::Watchdog watchdog("threads of a toy", std::chrono::seconds(60));
  std::vector<std::jthread> all;
  for (int t = 0; t < threads; ++t) all.emplace_back(work, t);
}

/// Does it come true within seconds of trying?
inline bool comes(const std::function<bool()>& once) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < end) {
    if (once()) return true;
  }
  return false;
}

}  // namespace lockstep::values
