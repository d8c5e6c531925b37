// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

// Who gives puts something into a box, and says so by an exchange. Of those who come to take it one
// gets it, by a compare-and-exchange; each who finds the box given counts itself by a loop of them.
// Its module is Parcel.tla; who uses it stands in parcel_test.cpp.
namespace lockstep::parcel {

struct Box {
  static constexpr std::string_view kind = "Box";
};
inline constexpr Field<"data", Box, int> data;
inline constexpr Field<"gift", Box, int> gift;  ///< 0: none yet; 1: there; 2: taken
inline constexpr Field<"seen", Box, int> seen;

template <class M>
struct Holds {
  M& m;

  void give(const auto& box) {
    m.store("Fill"_site, box, data, 1, Order::plain);
    m.xchg("Give"_site, box, gift, 1, Order::release);
  }
  auto take(const auto& box) {
    return m.named("found"_local, m.cmpxchg("Take"_site, box, gift, 1, 2, Order::acquire));
  }
  void count(const auto& box) {
    auto now = m.named("now"_local, m.load("Count_Load"_site, box, seen, Order::once));
    for (;;) {
      const auto next = m.named("next"_local, now + 1);
      const auto found = m.cmpxchg("Count_Try"_site, box, seen, now, next, Order::once);
      if (found == now) return;
      now = found;
    }
  }
};
/// Another way that holds: the second one who comes gets nothing either.
template <class M>
struct TakeXchg : Holds<M> {
  using Holds<M>::m;
  auto take(const auto& box) {
    return m.named("found"_local, m.xchg("Take"_site, box, gift, 2, Order::acquire));
  }
};
template <class M>
struct TakeStores : Holds<M> {
  using Holds<M>::m;
  auto take(const auto& box) {
    auto found = m.named("found"_local, m.load("Take_Load"_site, box, gift, Order::acquire));
    m.store("Take_Store"_site, box, gift, 2, Order::once);
    return found;
  }
};
template <class M>
struct CountStores : Holds<M> {
  using Holds<M>::m;
  void count(const auto& box) {
    const auto now = m.named("now"_local, m.load("Count_Load"_site, box, seen, Order::once));
    const auto next = m.named("next"_local, now + 1);
    m.store("Count_Store"_site, box, seen, next, Order::once);
  }
};

}  // namespace lockstep::parcel
