// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

// Each worker adds one to an account, by a load and a store, under the account's lock. Its module
// is Account.tla; who uses it stands in account_test.cpp.
namespace lockstep::account {

struct Box {
  static constexpr std::string_view kind = "Box";
};
inline constexpr Field<"lock", Box, int> lock;
inline constexpr Field<"other", Box, int> other;  ///< a second lock, which one variant takes
inline constexpr Field<"data", Box, int> data;

template <class M>
struct Holds {
  M& m;
  int modulus = 2;  ///< of the wheel

  /// May the worker go on?
  auto enter(const auto& box) {
    m.spin_lock("Lock"_site, box, lock);
    return true;
  }
  void leave(const auto& box) { m.spin_unlock("Unlock"_site, box, lock); }
  void add(const auto& box) { add_by("Load"_site, box); }
  void add_by(auto load, const auto& box) {
    const auto now = m.named("now"_local, m.load(load, box, data, Order::plain));
    const auto next = m.named("next"_local, now + 1);
    m.store("Store"_site, box, data, next, Order::plain);
  }
};
template <class M>
struct Tries : Holds<M> {
  auto enter(const auto& box) { return this->m.spin_trylock("Trylock"_site, box, lock); }
};
/// A mutex is an acquire and a release to the kernel's model, no more.
template <class M>
struct Mutex : Holds<M> {
  auto enter(const auto& box) {
    this->m.mutex_lock("Lock"_site, box, lock);
    return true;
  }
  void leave(const auto& box) { this->m.mutex_unlock("Unlock"_site, box, lock); }
};
template <class M>
struct MutexTries : Mutex<M> {
  auto enter(const auto& box) { return this->m.mutex_trylock("Trylock"_site, box, lock); }
};
/// What is counted has so many values, of which 0 is the second.
template <class M>
struct Wheel : Holds<M> {
  void add(const auto& box) {
    const auto values = this->m.parameter("Modulus"_parameter, this->modulus);
    this->m.increment_modulo("Turn"_site, box, data, values, -1, Order::plain);
  }
};
template <class M>
struct TryIgnored : Holds<M> {
  auto enter(const auto& box) {
    this->m.spin_trylock("Trylock"_site, box, lock);
    return true;
  }
};
template <class M>
struct NoLock : Holds<M> {
  auto enter(const auto&) { return true; }
  void leave(const auto&) {}
  void add(const auto& box) { Holds<M>::add_by("Load_Bare"_site, box); }
};
/// Two locks, which not all take in the same order.
template <class M>
struct TwoOrders : Holds<M> {
  using Holds<M>::m;
  auto enter(const auto& box) {
    if (m.branch(2) == 0) {
      m.spin_lock("Lock_First"_site, box, lock);
      m.spin_lock("Lock_Second"_site, box, other);
    } else {
      m.spin_lock("Other_First"_site, box, other);
      m.spin_lock("Other_Second"_site, box, lock);
    }
    return true;
  }
  void leave(const auto& box) {
    m.spin_unlock("Unlock_Other"_site, box, other);
    Holds<M>::leave(box);
  }
};

}  // namespace lockstep::account
