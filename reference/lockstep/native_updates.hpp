// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "lockstep/order.hpp"

namespace lockstep {

/// What the native machine changes depending on what it finds: exchanges.
template <class Machine>
class NativeUpdates {
 public:
  /// Writes `desired` where it finds `expected`; gives what it found. Where that is something else
  /// it is a look, and a relaxed one.
  template <class S, class O, class F, class E, class D>
  [[gnu::always_inline]] auto cmpxchg(S, const O& object, const F& field, const E& expected,
                                      const D& desired, Order order) {
    using Result = typename Machine::template Result<F>;
    auto found = Machine::template raw<F>(expected);
    Machine::cell(object, field)
        .compare_exchange_strong(found, Machine::template raw<F>(desired), update<F>(order),
                                 Machine::template look<F>(Order::once));
    return Result(found);
  }
  /// Gives what it found.
  template <class S, class O, class F, class V>
  [[gnu::always_inline]] auto xchg(S, const O& object, const F& field, const V& value,
                                   Order order) {
    using Result = typename Machine::template Result<F>;
    return Result(
        Machine::cell(object, field).exchange(Machine::template raw<F>(value), update<F>(order)));
  }

 private:
  /// A reference that is found is dereferenced: see NativeMachine::look().
  template <class F>
  static constexpr std::memory_order update(Order order) {
    if (!Machine::template refers<F> || order == Order::full) return to_std(order);
    const bool releases = order == Order::release || order == Order::acq_rel;
    return releases ? std::memory_order_acq_rel : std::memory_order_acquire;
  }
};

}  // namespace lockstep
