// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

namespace lockstep::testing {

/// A thread that sleeps for ever cannot be joined: if this object still lives after `limit`, the
/// process says what it was doing and ends.
class Watchdog {
 public:
  Watchdog(std::string doing, std::chrono::milliseconds limit)
      : doing_(std::move(doing)), thread_([this, limit] { watch(limit); }) {}
  ~Watchdog() {
    {
      const std::scoped_lock hold(mutex_);
      over_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  void watch(std::chrono::milliseconds limit) {
    std::unique_lock hold(mutex_);
    if (changed_.wait_until(hold, std::chrono::system_clock::now() + limit,
                            [&] { return over_; })) {
      return;
    }
    std::fprintf(stderr, "no end after %lld ms, a lost wake-up? %s\n",
                 static_cast<long long>(limit.count()), doing_.c_str());
    std::fflush(stderr);
    std::_Exit(3);
  }

  std::string doing_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::thread thread_;  // the last: it uses the others
};

}  // namespace lockstep::testing
