// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// What two remarks of January 2023 are about, as ratios of one run: a pause in the retry loop of a
// CAS (S08; M. Wilcox, 17 Jan 2023), and locks that share a cache line (S50; V. Babka, 10 Jan
// 2023). Run it by bench/locks.sh.
#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace {

constexpr std::size_t cache_line = 64;

/// A lock object of January 2023: 8 bytes.
using Lock = std::atomic<std::int64_t>;
constexpr std::size_t in_a_line = cache_line / sizeof(Lock);
constexpr std::size_t most_readers = 8;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

void none() {}

/// As a reader of the lock does by hand: up by a CAS that is tried until it is done, then down.
template <void (*relax)()>
void take(Lock& count) {
  for (std::int64_t seen = count.load(std::memory_order_relaxed); !count.compare_exchange_weak(
           seen, seen + 1, std::memory_order_acquire, std::memory_order_relaxed);) {
    relax();
  }
  count.fetch_sub(1, std::memory_order_release);
}

/// All readers at one lock.
template <void (*relax)()>
void retry(benchmark::State& state) {
  alignas(cache_line) static Lock lock;
  for (auto _ : state) take<relax>(lock);
  state.SetItemsProcessed(state.iterations());
}

/// Each reader at a lock of its own, which lies so many locks behind that of the one before.
template <std::size_t distance>
void neighbours(benchmark::State& state) {
  alignas(cache_line) static std::array<Lock, distance * most_readers> locks;
  Lock& mine = locks[static_cast<std::size_t>(state.thread_index()) * distance];
  for (auto _ : state) take<none>(mine);
  state.SetItemsProcessed(state.iterations());
}

}  // namespace

BENCHMARK(retry<none>)->Name("retry/at_once")->ThreadRange(1, most_readers)->UseRealTime();
BENCHMARK(retry<pause>)->Name("retry/pause")->ThreadRange(1, most_readers)->UseRealTime();
BENCHMARK(neighbours<1>)->Name("locks/one_line")->ThreadRange(1, most_readers)->UseRealTime();
BENCHMARK(neighbours<in_a_line>)
    ->Name("locks/a_line_each")
    ->ThreadRange(1, most_readers)
    ->UseRealTime();
BENCHMARK_MAIN();
