// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

// The flags of a box: whether it is marked; a lock of one bit, under which `data` counts; whether
// it is dirty, as it is at the start. Its module is Flags.tla; who uses it stands in
// flags_test.cpp.
namespace lockstep::flags {

struct Box {
  static constexpr std::string_view kind = "Box";
};
inline constexpr Field<"flags", Box, int> flags;
inline constexpr Field<"data", Box, int> data;
inline constexpr int marked = 0, locked = 1, dirty = 2;  ///< the numbers of the bits

template <class M>
struct Holds {
  M& m;

  void mark(const auto& box) { m.set_bit("Mark"_site, box, flags, marked); }
  void clean(const auto& box) { m.clear_bit("Clean"_site, box, flags, dirty); }
  auto enter(const auto& box) {
    return !m.test_and_set_bit("Enter"_site, box, flags, locked, Order::acquire);
  }
  auto leave(const auto& box) {
    m.clear_bit_unlock("Leave"_site, box, flags, locked);
    return true;
  }
  void add(const auto& box) {
    const auto now = m.named("now"_local, m.load("Load"_site, box, data, Order::plain));
    const auto next = m.named("next"_local, now + 1);
    m.store("Store"_site, box, data, next, Order::plain);
  }
};
/// The same by other names.
template <class M>
struct ByMasks : Holds<M> {
  using Holds<M>::m;
  void mark(const auto& box) { m.fetch_or("Mark"_site, box, flags, 1 << marked, Order::once); }
  void clean(const auto& box) { m.fetch_and("Clean"_site, box, flags, ~(1 << dirty), Order::once); }
  auto enter(const auto& box) {
    return !m.test_and_set_bit("Enter"_site, box, flags, locked, Order::full);
  }
  auto leave(const auto& box) {
    return m.test_and_clear_bit("Leave"_site, box, flags, locked, Order::release);
  }
};
template <class M>
struct MarkStores : Holds<M> {
  using Holds<M>::m;
  void mark(const auto& box) {
    const auto now = m.named("now"_local, m.load("Mark_Load"_site, box, flags, Order::once));
    const auto next = m.named("next"_local, now | 1 << marked);
    m.store("Mark_Store"_site, box, flags, next, Order::once);
  }
};
template <class M>
struct LeaveStores : Holds<M> {
  using Holds<M>::m;
  auto leave(const auto& box) {
    m.store("Leave"_site, box, flags, 0, Order::release);
    return true;
  }
};

}  // namespace lockstep::flags
