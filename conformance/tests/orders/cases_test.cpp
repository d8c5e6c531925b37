// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/orders/cases.hpp"

#include <catch2/catch.hpp>

using namespace lockstep::orders;

namespace {

void check(void (*add)(Cases&)) {
  Cases cases;
  add(cases);
  REQUIRE_FALSE(cases.all.empty());
  const lockstep::Symbols symbols;
  for (const Case& c : cases.all) {
    INFO(c.about << "\n" << text(c.program, symbols));
    for (const char* model : models_of_cases) {
      INFO(model);
      CHECK(verdict(c.program, model) == c.expected(model));
    }
    if (c.race.empty()) continue;
    CHECK(race_of(c.program, builtin_model("lkmm")) == c.race);
  }
}

}  // namespace

TEST_CASE("Classical shapes have their verdicts under each model", "[orders]") {
  check(add_shapes);
}

TEST_CASE("Fragments of a count: publication, reuse, drain, unlock, wake-up", "[orders]") {
  check(add_fragments);
}

TEST_CASE("Read-modify-writes, dependencies and plain accesses", "[orders]") {
  check(add_rmw_cases);
}

TEST_CASE("Plain accesses and data races", "[orders]") {
  check(add_plain_cases);
  check(add_bounds_cases);
}

TEST_CASE("RCU: a grace period waits for the sections before it", "[orders]") {
  check(add_rcu_cases);
}

TEST_CASE("Spinlocks, and barriers beside them and beside atomic operations", "[orders]") {
  check(add_lock_cases);
}

TEST_CASE("SRCU: a grace period waits for the sections of its domain", "[orders]") {
  check(add_srcu_cases);
}

TEST_CASE("What ARMv8 orders of its own", "[orders]") {
  check(add_arm_cases);
}

TEST_CASE("C11 operations under the models of machines", "[orders]") {
  check(add_c11_cases);
}
