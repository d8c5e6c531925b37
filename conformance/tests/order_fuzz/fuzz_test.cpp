// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>

#include "orders/litmus/writer.hpp"
#include "tests/order_fuzz/differences.hpp"
#include "tests/order_fuzz/shrink.hpp"
#include "tests/skip.hpp"

using namespace lockstep::orders;
using namespace lockstep::orders::fuzz;

namespace {

/// The smallest test that shows the difference, as text; empty = none differs.
std::string first_difference(Differences& differences, std::uint64_t seed, int tests) {
  for (int i = 0; i < tests; ++i, ++seed) {
    const Test test = random_test(seed);
    if (differences.of(test).empty()) continue;
    const Test least = shrink(test, [&](const Test& t) { return !differences.of(t).empty(); });
    const Program program = program_of(least);
    return differences.of(least) + "\n" + text(least) + text(program, lockstep::Symbols{}) +
           litmus::write(program, lockstep::Symbols{}, {"least", {}, {}});
  }
  return {};
}

}  // namespace

TEST_CASE("Random tests: the encoder agrees with the interleaver, and the models with each other",
          "[order_fuzz]") {
  Differences differences;
  CHECK(first_difference(differences, 1, 300) == "");
  std::cout << differences.tally() << "\n";
}

TEST_CASE("As many random tests as LOCKSTEP_FUZZ_TESTS says", "[order_fuzz][slow]") {
  const char* wanted = std::getenv("LOCKSTEP_FUZZ_TESTS");
  if (wanted == nullptr) {
    return lockstep::testing::skip("LOCKSTEP_FUZZ_TESTS=10000 makes so many tests");
  }
  const char* seed = std::getenv("LOCKSTEP_FUZZ_SEED");
  Differences differences;
  const std::uint64_t first = seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10);
  std::cout << "seeds from " << first << "\n";
  CHECK(first_difference(differences, first, std::atoi(wanted)) == "");
  std::cout << differences.tally() << "\n";
}
