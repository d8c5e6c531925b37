// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lockstep/order.hpp"
#include "machines/fiber.hpp"
#include "machines/values.hpp"

namespace lockstep {

/// What the stepped machine changes depending on what it finds: exchanges.
template <class Machine>
class SteppedUpdates {
 public:
  /// Writes `desired` where it finds `expected`; gives what it found.
  template <class S, class O, class F, class E, class D>
  auto cmpxchg(S, const O& object, const F& field, const E& expected, const D& desired, Order) {
    me().template enter<S>();
    const Atom found = atom_of(me().template value<S>(object, field));
    if (found != atom_of(expected)) return me().template read<S>(object, field);
    me().template written<S>(object, field) = atom_of(desired);
    return ValueOf<typename F::Value>::from(found);
  }
  /// Gives what it found.
  template <class S, class O, class F, class V>
  auto xchg(S, const O& object, const F& field, const V& value, Order) {
    me().template enter<S>();
    const auto found = me().template value<S>(object, field);
    me().template written<S>(object, field) = atom_of(value);
    return found;
  }

 private:
  Machine& me() { return static_cast<Machine&>(*this); }
};

}  // namespace lockstep
