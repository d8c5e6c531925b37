// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once
#include <lockstep/field.hpp>
#include <lockstep/order.hpp>

using namespace lockstep;
struct Box {
  static constexpr std::string_view kind = "Box";
};
inline constexpr Field<"held", Box, int> held;
inline constexpr Field<"data", Box, int> data;

/// What every user does, on each machine; `looks` is false in the variant that is broken.
template <bool looks>
void user(auto& m, const auto& /*numbers*/) {
  for (;;) {
    m.point("User_Idle"_point);
    const auto box = m.named("at"_local, m.template choose<Box>());
    const auto was = m.xchg("Trylock"_site, box, held, 1, Order::acquire);
    if (looks && was != 0) continue;
    m.load("Use_Load"_site, box, data, Order::plain);
    m.store("Use_Store"_site, box, data, 1, Order::plain);
    m.store("Unlock"_site, box, held, 0, Order::release);
  }
}
