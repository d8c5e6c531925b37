// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "model/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace lockstep;

TEST_CASE("parallel_for does every item once, the caller as worker 0", "[explore]") {
  for (const unsigned jobs : {0u, 1u, 3u}) {
    std::vector<std::atomic<int>> done(100);
    std::atomic<bool> wrong{false};
    const auto caller = std::this_thread::get_id();
    parallel_for(jobs, done.size(), [&](std::size_t item, unsigned worker) {
      ++done[item];
      if (worker >= std::max(jobs, 1u)) wrong = true;
      if ((worker == 0) != (std::this_thread::get_id() == caller)) wrong = true;
    });
    for (const auto& times : done) CHECK(times == 1);
    CHECK_FALSE(wrong);
  }
  parallel_for(3, 0, [](std::size_t, unsigned) { FAIL("there is no item"); });
}

TEST_CASE("an exception ends parallel_for and comes out of it", "[explore]") {
  struct Stop {};
  for (const unsigned jobs : {1u, 3u}) {
    std::atomic<std::size_t> begun{0};
    CHECK_THROWS_AS(parallel_for(jobs, 1'000'000,
                                 [&](std::size_t item, unsigned) {
                                   ++begun;
                                   if (item == 10) throw Stop{};
                                 }),
                    Stop);
    CHECK(begun < 1'000'000);
  }
}
