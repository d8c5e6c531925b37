// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once
#include <lockstep/field.hpp>
#include <lockstep/order.hpp>

using namespace lockstep;
using enum Order;

struct Pair {
  static constexpr std::string_view kind = "Pair";
};
inline constexpr Field<"first", Pair, int> first;
inline constexpr Field<"second", Pair, int> second;

void writer(auto& m, const auto& /*numbers*/) {
  const auto pair = m.template own<Pair>();
  m.point("Writer_Idle"_point);
  m.store("Write_First"_site, pair, first, 1, once);
  m.store("Write_Second"_site, pair, second, 1, once);
  m.rest("Writer_Done"_point);
}

void reader(auto& m, const auto& /*numbers*/) {
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto pair = m.named("at"_local, m.template choose<Pair>());
    const auto one = m.named("one"_local, m.load("Read_First"_site, pair, first, once));
    const auto two = m.named("two"_local, m.load("Read_Second"_site, pair, second, once));
    m.group("Read_Use"_site);
  }
}
