// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "claims/beside/kernel_facts.hpp"

namespace lockstep::values {

TEST_CASE("the kernel's names of exchanges, bits and locks have their orders", "[values]") {
  const auto facts = beside::KernelFacts::read(LOCKSTEP_SOURCE_DIR "/spec/kernel.json");
  const struct {
    const char* name;
    Order order;
    Kind kind;
  } all[] = {{"cmpxchg", Order::full, Kind::rmw},
             {"try_cmpxchg_acquire", Order::acquire, Kind::rmw},
             {"cmpxchg_release", Order::release, Kind::rmw},
             {"xchg", Order::full, Kind::rmw},
             {"xchg_relaxed", Order::once, Kind::rmw},
             {"set_bit", Order::once, Kind::rmw},
             {"clear_bit", Order::once, Kind::rmw},
             {"clear_bit_unlock", Order::release, Kind::rmw},
             {"test_and_set_bit", Order::full, Kind::rmw},
             {"test_and_set_bit_lock", Order::acquire, Kind::rmw},
             {"test_and_clear_bit", Order::full, Kind::rmw},
             {"test_bit", Order::once, Kind::load},
             {"test_bit_acquire", Order::acquire, Kind::load},
             {"spin_lock", Order::acquire, Kind::lock},
             {"spin_trylock", Order::acquire, Kind::lock},
             {"spin_unlock", Order::release, Kind::unlock},
             {"mutex_lock", Order::acquire, Kind::lock},
             {"mutex_trylock", Order::acquire, Kind::lock},
             {"mutex_unlock", Order::release, Kind::unlock}};
  for (const auto& one : all) {
    CAPTURE(one.name);
    const auto known = facts.primitive(one.name);
    REQUIRE(known);
    CHECK(known->order == one.order);
    CHECK(std::ranges::find(known->kinds, one.kind) != known->kinds.end());
  }
}

}  // namespace lockstep::values
