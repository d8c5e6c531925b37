// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "model/interrupt.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "model/verdict.hpp"

namespace lockstep::interrupt {

namespace {

std::atomic<bool> seen{false};
static_assert(std::atomic<bool>::is_always_lock_free);
int pipe_ends[2] = {-1, -1};

void wake() {
  const char byte = 0;
  [[maybe_unused]] const auto written = write(pipe_ends[1], &byte, 1);
}

void on_signal(int number) {
  if (seen.exchange(true)) {
    // Asked twice: whoever should have noticed the first one hangs.
    signal(number, SIG_DFL);
    raise(number);
    return;
  }
  const int error = errno;
  wake();
  errno = error;
}

}  // namespace

void install() {
  if (pipe_ends[0] >= 0 || pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return;
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool requested() {
  return seen.load(std::memory_order_relaxed);
}

void request() {
  if (!seen.exchange(true)) wake();
}

void check() {
  if (requested()) throw Interrupted{};
}

int fd() {
  return pipe_ends[0];
}

}  // namespace lockstep::interrupt
