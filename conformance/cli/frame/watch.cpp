// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/watch.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>

#include "cli/frame/memory.hpp"

namespace lockstep::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto tick_length = std::chrono::milliseconds(100);
constexpr auto grace = std::chrono::seconds(3);

// The handler writes to a pipe and the thread reads it. No signal is blocked, because a child
// process would inherit that; a handler it does not inherit.
int signal_pipe[2] = {-1, -1};

void on_signal(int) {
  const int saved = errno;
  const char byte = 0;
  if (write(signal_pipe[1], &byte, 1) < 0) {
  }  // full: it is known already
  errno = saved;
}

bool open_pipe() {
  return signal_pipe[0] >= 0 || pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) == 0;
}

bool signal_came(std::chrono::milliseconds wait) {
  pollfd request{signal_pipe[0], POLLIN, 0};
  char byte = 0;
  return poll(&request, 1, static_cast<int>(wait.count())) > 0 &&
         read(signal_pipe[0], &byte, 1) > 0;
}

void handle_signals(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    // A parent that ignores a signal (nohup) means it.
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
}

}  // namespace

Watch::Watch(Limits limits, std::function<void()> tick, std::function<void(StopReason)> last_words)
    : limits_(limits), tick_(std::move(tick)), last_words_(std::move(last_words)) {
  if (open_pipe()) handle_signals(on_signal);
  thread_ = std::jthread([this](const std::stop_token& end) { run(end); });
}

Watch::~Watch() {
  thread_.request_stop();
  on_signal(0);  // wakes the thread
  thread_.join();
  handle_signals(SIG_DFL);
}

void Watch::run(const std::stop_token& end) {
  const auto start = Clock::now();
  std::optional<Clock::time_point> give_up;
  while (!end.stop_requested()) {
    const bool signal = signal_came(tick_length);
    if (end.stop_requested()) return;
    tick_();
    if (give_up) {
      if (Clock::now() < *give_up) continue;
      last_words_(reason());
      _exit(static_cast<int>(exit_of(reason())));
    }
    const std::chrono::duration<double> elapsed = Clock::now() - start;
    StopReason why = StopReason::none;
    if (signal) {
      why = StopReason::signal;
    } else if (limits_.seconds && elapsed.count() >= *limits_.seconds) {
      why = StopReason::time;
    } else if (limits_.bytes && memory_in_use() > *limits_.bytes) {
      why = StopReason::memory;
    }
    if (why == StopReason::none) continue;
    reason_ = why;
    give_up = Clock::now() + grace;
    source_.request_stop();
  }
}

Exit exit_of(StopReason reason) {
  return reason == StopReason::signal ? Exit::interrupted : Exit::unknown;
}

}  // namespace lockstep::cli
