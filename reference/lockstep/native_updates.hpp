// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <thread>

#include "lockstep/order.hpp"

namespace lockstep {

/// What the native machine changes depending on what it finds: exchanges, bits, locks.
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

  template <class S, class O, class F>
  [[gnu::always_inline]] int fetch_or(S, const O& object, const F& field, int mask, Order order) {
    return Machine::cell(object, field).fetch_or(mask, to_std(order));
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] int fetch_and(S, const O& object, const F& field, int mask, Order order) {
    return Machine::cell(object, field).fetch_and(mask, to_std(order));
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] int fetch_andnot(S, const O& object, const F& field, int mask,
                                          Order order) {
    return Machine::cell(object, field).fetch_and(~mask, to_std(order));
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] void set_bit(S site, const O& object, const F& field, int bit) {
    fetch_or(site, object, field, 1 << bit, Order::once);
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] void clear_bit(S site, const O& object, const F& field, int bit) {
    fetch_andnot(site, object, field, 1 << bit, Order::once);
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] void clear_bit_unlock(S site, const O& object, const F& field, int bit) {
    fetch_andnot(site, object, field, 1 << bit, Order::release);
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] bool test_and_set_bit(S site, const O& object, const F& field, int bit,
                                               Order order) {
    const int mask = 1 << bit;
    const bool looks = order != Order::full;
    if (looks && (Machine::cell(object, field).load(std::memory_order_relaxed) & mask) != 0) {
      return true;
    }
    return (fetch_or(site, object, field, mask, order) & mask) != 0;
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] bool test_and_clear_bit(S site, const O& object, const F& field, int bit,
                                                 Order order) {
    return (fetch_andnot(site, object, field, 1 << bit, order) & 1 << bit) != 0;
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] bool test_bit(S, const O& object, const F& field, int bit, Order order) {
    return (Machine::cell(object, field).load(to_std(order)) & 1 << bit) != 0;
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] void increment_modulo(S, const O& object, const F& field, int modulus,
                                               int first, Order order) {
    auto& to = Machine::cell(object, field);
    const auto old = static_cast<unsigned>(to.load(std::memory_order_relaxed));
    const auto next = static_cast<int>(old + 1);
    const bool wraps = modulus != 0 && next == first + modulus;
    to.store(wraps ? first : next, to_std(order));
  }

  template <class S, class O, class F>
  [[gnu::always_inline]] void spin_lock(S, const O& object, const F& field) {
    auto& lock = Machine::cell(object, field);
    while (lock.exchange(1, std::memory_order_acquire) != 0) {
      while (lock.load(std::memory_order_relaxed) != 0) std::this_thread::yield();
    }
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] bool spin_trylock(S, const O& object, const F& field) {
    int free = 0;
    return Machine::cell(object, field)
        .compare_exchange_strong(free, 1, std::memory_order_acquire, std::memory_order_relaxed);
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] void spin_unlock(S, const O& object, const F& field) {
    Machine::cell(object, field).store(0, std::memory_order_release);
  }
  template <class S, class O, class F>
  [[gnu::noinline]] void mutex_lock(S, const O& object, const F& field) {
    auto& lock = Machine::cell(object, field);
    while (lock.exchange(1, std::memory_order_acquire) != 0) {
      lock.wait(1, std::memory_order_relaxed);
    }
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] bool mutex_trylock(S site, const O& object, const F& field) {
    return spin_trylock(site, object, field);
  }
  template <class S, class O, class F>
  [[gnu::always_inline]] void mutex_unlock(S, const O& object, const F& field) {
    Machine::wake_at(Machine::cell(object, field), 0);
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
