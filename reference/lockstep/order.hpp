// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace lockstep {

/// The memory orders of all machines and all memory models, in the kernel's terms.
/// `plain` is a C access without any promise; `once` is READ_ONCE, WRITE_ONCE or a relaxed
/// read-modify-write; `full` is a value-returning kernel read-modify-write (a barrier on both
/// sides). `rmb`, `wmb` and `mb` are fences; `none` is a fence that has been taken away. `grace` is
/// what synchronize_rcu() is beside a full barrier: a wait for the sections that are open.
enum class Order : std::uint8_t {
  none,
  plain,
  once,
  acquire,
  release,
  acq_rel,
  full,
  rmb,
  wmb,
  mb,
  grace
};

/// What an access does. A `lock` is a read-modify-write, an `unlock` a store. `ctrl_acquire` is no
/// access: the read that a branch before it depends on becomes an acquire. synchronize_rcu() is a
/// `sync` and a `sync_end`; `call_rcu` frees after a grace period.
enum class Kind : std::uint8_t {
  load,
  store,
  rmw,
  fence,
  wait,
  lock,
  unlock,
  rcu_lock,
  rcu_unlock,
  alloc,
  free,
  group,
  ctrl_acquire,
  sync,
  sync_end,
  call_rcu
};

constexpr std::string_view name_of(Order order) {
  constexpr std::string_view names[] = {"none", "plain", "once", "acquire", "release", "acq_rel",
                                        "full", "rmb",   "wmb",  "mb",      "grace"};
  return names[static_cast<std::size_t>(order)];
}

constexpr std::string_view name_of(Kind kind) {
  constexpr std::string_view names[] = {
      "load",       "store", "rmw",  "fence", "wait",         "lock", "unlock",   "rcu_lock",
      "rcu_unlock", "alloc", "free", "group", "ctrl_acquire", "sync", "sync_end", "call_rcu"};
  return names[static_cast<std::size_t>(kind)];
}
/// Does it write without a look at what was there?
constexpr bool is_store(Kind kind) {
  return kind == Kind::store || kind == Kind::unlock;
}

/// The C++ order of an access; `plain` becomes relaxed, because the native machine's cells are
/// atomic. Fences: rmb is an acquire fence, wmb a release fence, mb a seq_cst fence.
constexpr std::memory_order to_std(Order order) {
  switch (order) {
    case Order::acquire:
    case Order::rmb: return std::memory_order_acquire;
    case Order::release:
    case Order::wmb: return std::memory_order_release;
    case Order::acq_rel: return std::memory_order_acq_rel;
    case Order::full:
    case Order::mb:
    case Order::grace: return std::memory_order_seq_cst;
    default: return std::memory_order_relaxed;
  }
}

namespace notches {
inline constexpr Order once[] = {Order::once};
inline constexpr Order release[] = {Order::release};
inline constexpr Order halves[] = {Order::acquire, Order::release};
inline constexpr Order fences[] = {Order::rmb, Order::wmb};
inline constexpr Order none[] = {Order::none};
inline constexpr Order mb[] = {Order::mb};
}  // namespace notches

/// The orders one notch below `order` for an access of this kind; empty at the bottom.
/// Loads: acquire > once. Stores: release > once. Read-modify-writes: full > acquire, release >
/// once (acq_rel lies between where it is declared). A `full` store is smp_store_mb: full >
/// release. Fences: mb > rmb, wmb > none; behind a dependency acquire > none. Of synchronize_rcu():
/// grace > mb > none.
constexpr std::span<const Order> one_notch_weaker(Kind kind, Order order) {
  if (kind == Kind::ctrl_acquire) {
    return order == Order::none ? std::span<const Order>{} : notches::none;
  }
  if (kind == Kind::sync) {
    if (order == Order::grace) return notches::mb;
    return order == Order::mb ? std::span<const Order>{notches::none} : std::span<const Order>{};
  }
  switch (order) {
    case Order::acquire:
    case Order::release: return notches::once;
    case Order::acq_rel: return notches::halves;
    case Order::full:
      return kind == Kind::rmw ? std::span<const Order>{notches::halves} : notches::release;
    case Order::mb: return notches::fences;
    case Order::rmb:
    case Order::wmb: return notches::none;
    default: return {};
  }
}

}  // namespace lockstep
