// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>

#include "tests/has_tlc.hpp"
#include "tests/tla/random_module.hpp"

using namespace lockstep;
using namespace lockstep::testing;

namespace {

void compare_batches(std::uint64_t first, std::size_t modules) {
  constexpr std::size_t in_one = 25;
  ComparisonResult sum;
  for (std::size_t done = 0; done < modules; done += in_one, ++first) {
    INFO("seed " << first);
    REQUIRE(difference_of(random_batch(first, std::min(in_one, modules - done)), sum) == "");
  }
  std::cout << modules << " modules, " << sum.states << " states, " << sum.transitions
            << " transitions\n";
}

}  // namespace

TEST_CASE("random specifications have one graph by TLC and by their text", "[tla][tlc][fuzz]") {
  if (!has_tlc_or_skips()) return;
  compare_batches(1, 25);
}

TEST_CASE("as many random specifications as LOCKSTEP_FUZZ_MODULES says", "[tla][tlc][slow]") {
  const char* wanted = std::getenv("LOCKSTEP_FUZZ_MODULES");
  if (wanted == nullptr) return skip("LOCKSTEP_FUZZ_MODULES=500 makes so many modules");
  if (!has_tlc_or_skips()) return;
  const char* seed = std::getenv("LOCKSTEP_FUZZ_SEED");
  const std::uint64_t first = seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10);
  compare_batches(first, std::strtoull(wanted, nullptr, 10));
}
