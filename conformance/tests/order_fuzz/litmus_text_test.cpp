// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <iostream>

#include "orders/litmus/litmus.hpp"
#include "orders/litmus/writer.hpp"
#include "tests/order_fuzz/generator.hpp"
#include "tests/order_fuzz/interleaver.hpp"

using namespace lockstep::orders;
using namespace lockstep::orders::fuzz;

TEST_CASE("Random tests mean the same when they are written as litmus text and read again",
          "[order_fuzz]") {
  const MemoryModel lkmm = builtin_model("lkmm");
  int read = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const Test test = random_test(seed);
    const Program program = program_of(test);
    const std::string litmus =
        litmus::write(program, lockstep::Symbols{}, {"test" + std::to_string(seed), {}, {}});
    INFO(text(test) << litmus);
    try {
      const Program again = litmus::read(litmus, "test.litmus").program;
      CHECK(name_of(interleave(again)) == name_of(interleave(program)));
      CHECK(name_of(observe(again, lkmm, {}, false).verdict) ==
            name_of(observe(program, lkmm, {}, false).verdict));
      ++read;
    } catch (const litmus::Unsupported& construct) {
      INFO(construct.text());
      CHECK(false);
    }
  }
  std::cout << "random tests written as litmus text and read again: " << read << "\n";
}
