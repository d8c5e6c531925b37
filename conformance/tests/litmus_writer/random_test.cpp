// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/litmus_writer/round_trip.hpp"
#include "tests/order_fuzz/generator.hpp"

using namespace lockstep;
using namespace lockstep::orders;

TEST_CASE("Random tests mean the same as litmus tests", "[litmus]") {
  int compared = 0, refused = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const Program program = fuzz::program_of(fuzz::random_test(seed));
    std::string text;
    try {
      text = written(program, {});
    } catch (const litmus::Unwritable&) {
      ++refused;
      continue;
    }
    ++compared;
    INFO("seed " << seed << "\n" << text);
    const Program back = read_back(text);
    for (const char* model : compared_models) {
      INFO(model);
      CHECK(meaning(back, model) == meaning(program, model));
    }
  }
  INFO(compared << " compared, " << refused << " refused");
  CHECK(compared > 300);
}
