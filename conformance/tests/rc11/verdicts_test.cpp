// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>

#include "orders/encode/observe.hpp"
#include "tests/rc11/files.hpp"

using namespace lockstep::orders;

namespace {

/// Tests of plain accesses alone are the kernel's: they mean the same in both.
std::ptrdiff_t c11(const std::vector<File>& all) {
  return std::ranges::count(all, litmus::Dialect::c11,
                            [](const File& file) { return file.test.dialect; });
}

void check(const std::vector<File>& all) {
  int verdicts = 0, races = 0;
  for (const File& file : all) {
    INFO(file.test.file << "\n" << file.reason);
    for (const auto& [model, expected] : file.results) {
      INFO("under " << model);
      const Observation seen = observe(file.test.program, builtin_model(model));
      CHECK(name_of(seen.verdict) == expected);
      INFO(seen.reason);
      ++verdicts;
      if (model != "rc11") continue;
      REQUIRE(seen.race.has_value());
      CHECK(*seen.race == file.race);
      races += file.race;
    }
  }
  std::cout << all.size() << " files, " << verdicts << " verdicts, " << races << " races\n";
}

}  // namespace

TEST_CASE("C11 litmus tests have the verdicts that the axioms give them", "[rc11]") {
  const std::vector<File> all = files(".");
  CHECK(c11(all) >= 170);
  check(all);
}

TEST_CASE("Kernel litmus tests under rc11 are the C++ of the native machine", "[rc11]") {
  const std::vector<File> all = files("kernel");
  CHECK(all.size() >= 35);
  CHECK(c11(all) == 0);
  check(all);
}
