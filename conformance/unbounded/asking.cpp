// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "unbounded/asking.hpp"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <ctime>
#include <limits>
#include <mutex>
#include <stop_token>
#include <thread>

namespace lockstep::unbounded {

namespace {

/// In a millisecond, about: proofs that hold take 2,500 to 4,500.
constexpr std::uint64_t steps = 3'000;

using Time = std::chrono::milliseconds;

/// The clock of the processor's time that the calling thread has had.
class OwnTime {
 public:
  OwnTime() { pthread_getcpuclockid(pthread_self(), &clock_); }
  /// Of the thread that made it, whoever asks.
  Time now() const {
    timespec time{};
    clock_gettime(clock_, &time);
    return std::chrono::duration_cast<Time>(std::chrono::seconds(time.tv_sec) +
                                            std::chrono::nanoseconds(time.tv_nsec));
  }

 private:
  clockid_t clock_{};
};

/// Interrupts what Z3 does in a context, once this thread has had the time, for as long as it
/// lives.
class Clock {
 public:
  Clock(z3::context& context, Time allowed)
      : thread_([&context, allowed, time = OwnTime()](const std::stop_token& over) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any wake;
          const auto waited = [&](Time next) {
            return wake.wait_for(lock, over, next, [&] { return over.stop_requested(); });
          };
          const Time end = time.now() + allowed;
          // An interrupt that comes before the check has begun is never heard of.
          constexpr Time again{20};
          for (Time next = allowed; !waited(next);) {
            next = std::max(end - time.now(), again);
            if (time.now() >= end) context.interrupt();
          }
        }) {}

 private:
  std::jthread thread_;
};

}  // namespace

void limit(z3::solver& solver, unsigned milliseconds) {
  z3::params p(solver.ctx());
  // To Z3 0 is no limit.
  p.set("rlimit", static_cast<unsigned>(std::clamp<std::uint64_t>(
                      milliseconds * steps, 1, std::numeric_limits<unsigned>::max())));
  // The older simplex: what is asked here is sums of few terms, and it takes a third less time.
  p.set("arith.solver", 2u);
  p.set("ctrl_c", false);  // a signal is the program's; Z3 would take it for the query alone
  solver.set(p);
}

z3::check_result check(z3::solver& solver, unsigned milliseconds) {
  const Clock clock(solver.ctx(), Time(milliseconds) * 8);
  return solver.check();
}

z3::check_result check(z3::solver& solver, unsigned milliseconds, const z3::expr_vector& names) {
  const Clock clock(solver.ctx(), Time(milliseconds) * 8);
  return solver.check(names);
}

z3::check_result check_afresh(const z3::expr_vector& assertions, unsigned milliseconds,
                              z3::solver& fresh) {
  constexpr unsigned seeds = 4;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    z3::solver next = seed % 2 == 0 ? z3::solver(assertions.ctx(), z3::solver::simple{})
                                    : z3::solver(assertions.ctx());
    z3::params p(assertions.ctx());
    p.set("random_seed", seed);
    next.set(p);
    for (const z3::expr& e : assertions) next.add(e);
    limit(next, milliseconds / seeds);
    const z3::check_result result = check(next, milliseconds / seeds);
    fresh = next;
    if (result != z3::unknown) return result;
  }
  return z3::unknown;
}

}  // namespace lockstep::unbounded
