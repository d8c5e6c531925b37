// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orders/litmus/litmus.hpp"
#include "orders/program/event.hpp"

namespace lockstep::orders::litmus {

/// A function that a dialect gives to its programs: what its arguments are, which events a call
/// makes, and what it returns. The terms speak of `@`, the value that the event read, and of the
/// arguments as `1`, `2` and so on.
struct Primitive {
  enum class Does {
    load,
    store,
    store_mb,
    rmw,
    fence,
    rcu_lock,
    rcu_unlock,
    grace,
    srcu_lock,
    srcu_unlock,
    srcu_grace,
    assume,
    compare_exchange  ///< of C11: `V` is what is written where the expected value is found
  };
  std::string name = {};
  Does does = Does::fence;
  /// A letter for each argument: `L` what is accessed, as `*x`; `P` a pointer to it; `V` a value;
  /// `R` the address of a variable of the thread; `N` the name of a site; `O` an order of C11; `E`
  /// a pointer to the expected value, which may be a variable of the thread.
  std::string arguments = {};
  Order order = Order::none;
  std::uint16_t marks = 0;  ///< of all its events
  Term value = {};          ///< store, rmw: what is written
  Term writes_if = {};      ///< rmw: it writes only then; null = always
  Term gives = {};          ///< what it returns; null = nothing
  Term granted = {};        ///< only executions in which this holds are considered
  bool open = false;        ///< the order is asked for, `order` is the weakest
  bool weak = false;        ///< compare_exchange: it may fail for no reason
  std::optional<Dialect> dialect = Dialect::kernel;  ///< nothing: of all
};

using Primitives = std::vector<Primitive>;

/// The functions of the kernel and of sites whose order is asked for.
const Primitives& kernel_primitives();
/// Those of <stdatomic.h>.
const Primitives& c11_primitives();

/// That of the dialect where it has one, for both know atomic_fetch_add(), with their arguments the
/// other way round; else that of the other dialect; null where nobody knows the name.
const Primitive* find_primitive(std::string_view name, Dialect dialect);

}  // namespace lockstep::orders::litmus
