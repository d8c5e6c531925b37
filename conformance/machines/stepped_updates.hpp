// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lockstep/order.hpp"
#include "machines/fiber.hpp"
#include "machines/values.hpp"

namespace lockstep {

/// What the stepped machine changes depending on what it finds: exchanges, bits, locks.
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

  // ---- Bits of a field of flags ----

  /// Those that both have, of the old value and the mask, and so on; gives the old value.
  template <class S, class O, class F>
  int fetch_or(S, const O& object, const F& field, int mask, Order) {
    return update<S>(object, field, [mask](int old) { return old | mask; });
  }
  template <class S, class O, class F>
  int fetch_and(S, const O& object, const F& field, int mask, Order) {
    return update<S>(object, field, [mask](int old) { return old & mask; });
  }
  template <class S, class O, class F>
  int fetch_andnot(S, const O& object, const F& field, int mask, Order) {
    return update<S>(object, field, [mask](int old) { return old & ~mask; });
  }
  /// Bits have numbers, from 0 on.
  template <class S, class O, class F>
  void set_bit(S site, const O& object, const F& field, int bit) {
    fetch_or(site, object, field, 1 << bit, Order::once);
  }
  template <class S, class O, class F>
  void clear_bit(S site, const O& object, const F& field, int bit) {
    fetch_andnot(site, object, field, 1 << bit, Order::once);
  }
  /// clear_bit_unlock()
  template <class S, class O, class F>
  void clear_bit_unlock(S site, const O& object, const F& field, int bit) {
    fetch_andnot(site, object, field, 1 << bit, Order::release);
  }
  /// Was it set before? With less than `full` one that was is a look and no more, as in
  /// test_and_set_bit_lock().
  template <class S, class O, class F>
  bool test_and_set_bit(S, const O& object, const F& field, int bit, Order order) {
    me().template enter<S>();
    const int old = me().template value<S>(object, field), mask = 1 << bit;
    if ((old & mask) != 0 && order != Order::full) {
      me().template read<S>(object, field);
      return true;
    }
    me().template written<S>(object, field) = old | mask;
    return (old & mask) != 0;
  }
  template <class S, class O, class F>
  bool test_and_clear_bit(S site, const O& object, const F& field, int bit, Order order) {
    return (fetch_andnot(site, object, field, 1 << bit, order) & 1 << bit) != 0;
  }
  template <class S, class O, class F>
  bool test_bit(S site, const O& object, const F& field, int bit, Order order) {
    return (me().load(site, object, field, order) & 1 << bit) != 0;
  }

  // ---- Numbers that wrap ----

  /// One more, and behind the last of so many values the first; with 0 it never wraps. Not a
  /// read-modify-write: nobody else writes the field now.
  template <class S, class O, class F>
  void increment_modulo(S, const O& object, const F& field, int modulus, int first, Order) {
    me().template enter<S>();
    const int next = me().template read<S>(object, field) + 1;
    const bool wraps = modulus != 0 && next == first + modulus;
    me().template written<S>(object, field) = wraps ? first : next;
  }

  // ---- Locks: a field that is 0 while the lock is free, and 1 while somebody has it ----

  /// Enabled only while the lock is free.
  template <class S, class O, class F>
  void spin_lock(S, const O& object, const F& field) {
    me().template enter<S>();
    if (me().template value<S>(object, field) != 0) me().fiber_.refuse();
    me().template written<S>(object, field) = 1;
  }
  /// Is it locked now, by this task?
  template <class S, class O, class F>
  bool spin_trylock(S, const O& object, const F& field) {
    me().template enter<S>();
    if (me().template value<S>(object, field) != 0) {
      me().template read<S>(object, field);
      return false;
    }
    me().template written<S>(object, field) = 1;
    return true;
  }
  template <class S, class O, class F>
  void spin_unlock(S, const O& object, const F& field) {
    me().template enter<S>();
    me().template written<S>(object, field) = 0;
  }
  /// A mutex is the same; who waits for it sleeps.
  template <class S, class O, class F>
  void mutex_lock(S site, const O& object, const F& field) {
    spin_lock(site, object, field);
  }
  template <class S, class O, class F>
  bool mutex_trylock(S site, const O& object, const F& field) {
    return spin_trylock(site, object, field);
  }
  template <class S, class O, class F>
  void mutex_unlock(S site, const O& object, const F& field) {
    spin_unlock(site, object, field);
  }

 private:
  template <class S, class O, class F, class Made>
  int update(const O& object, const F& field, Made made) {
    me().template enter<S>();
    const int old = me().template value<S>(object, field);
    me().template written<S>(object, field) = made(old);
    return old;
  }
  Machine& me() { return static_cast<Machine&>(*this); }
};

}  // namespace lockstep
