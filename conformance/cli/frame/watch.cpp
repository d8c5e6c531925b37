// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/watch.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>

#include "cli/frame/memory.hpp"
#include "model/interrupt.hpp"

namespace lockstep::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto tick_length = std::chrono::milliseconds(100);
constexpr auto grace = std::chrono::seconds(3);

}  // namespace

Watch::Watch(Limits limits, std::function<void()> tick, std::function<Exit()> last_words)
    : limits_(limits),
      tick_(std::move(tick)),
      last_words_(std::move(last_words)),
      end_(eventfd(0, EFD_CLOEXEC)) {
  interrupt::install();
  if (end_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  thread_ = std::jthread([this](const std::stop_token& end) { run(end); });
}

Watch::~Watch() {
  thread_.request_stop();
  eventfd_write(end_, 1);
  thread_.join();
  close(end_);
}

/// Waits a tick; less when a signal comes or the work is done. The pipe of signals stays readable,
/// so it is asked only until the first.
void Watch::wait(bool stopping) const {
  pollfd events[] = {{end_, POLLIN, 0}, {stopping ? -1 : interrupt::fd(), POLLIN, 0}};
  poll(events, 2, static_cast<int>(tick_length.count()));
}

void Watch::run(const std::stop_token& end) {
  const auto start = Clock::now();
  std::optional<Clock::time_point> give_up;
  while (!end.stop_requested()) {
    wait(give_up.has_value());
    if (end.stop_requested()) return;
    tick_();
    if (give_up) {
      if (Clock::now() < *give_up) continue;
      _exit(static_cast<int>(last_words_()));
    }
    const std::chrono::duration<double> elapsed = Clock::now() - start;
    StopReason why = StopReason::none;
    if (interrupt::requested()) {
      why = StopReason::signal;
    } else if (limits_.seconds && elapsed.count() >= *limits_.seconds) {
      why = StopReason::time;
    } else if (limits_.bytes && memory_in_use() > *limits_.bytes) {
      why = StopReason::memory;
    }
    if (why == StopReason::none) continue;
    reason_ = why;
    give_up = Clock::now() + grace;
    interrupt::request();
    source_.request_stop();
  }
}

}  // namespace lockstep::cli
