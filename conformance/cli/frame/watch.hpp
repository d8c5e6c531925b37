// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <thread>

#include "model/verdict.hpp"

namespace lockstep::cli {

enum class StopReason { none, signal, time, memory };

/// What may end the work from outside: Ctrl-C, the time limit, the memory limit. A thread of its
/// own watches for them and asks the work to stop, by `interrupt` and by a stop token; whoever does
/// not notice within a few seconds is ended. There is one in a process.
class Watch {
 public:
  struct Limits {
    std::optional<double> seconds;
    std::optional<std::uint64_t> bytes;
  };
  /// `tick` is called ten times a second; `last_words` before the process is ended by force, with
  /// the status that it gives.
  Watch(Limits limits, std::function<void()> tick, std::function<Exit()> last_words);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  std::stop_token token() const { return source_.get_token(); }
  StopReason reason() const { return reason_.load(); }

 private:
  void run(const std::stop_token& end);
  void wait(bool stopping) const;

  const Limits limits_;
  const std::function<void()> tick_;
  const std::function<Exit()> last_words_;
  const int end_;  ///< wakes the thread when the work is done
  std::stop_source source_;
  std::atomic<StopReason> reason_ = StopReason::none;
  std::jthread thread_;
};

}  // namespace lockstep::cli
