// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "orders/event.hpp"
#include "orders/litmus/litmus.hpp"

namespace lockstep::orders::litmus {

/// A function that a dialect gives to its programs: what its arguments are, which events a call
/// makes, and what it returns. The terms speak of `@`, the value that the event read, and of the
/// arguments as `1`, `2` and so on.
struct Primitive {
  enum class Does {
    load, store, store_mb, rmw, fence, rcu_lock, rcu_unlock, grace, srcu_lock, srcu_unlock,
    srcu_grace, assume
  };
  std::string name = {};
  Does does = Does::fence;
  /// A letter for each argument: `L` what is accessed, as `*x`; `P` a pointer to it; `V` a value;
  /// `R` the address of a variable of the thread; `N` the name of a site; `O` an order of C11.
  std::string arguments = {};
  Order order = Order::none;
  std::uint16_t marks = 0;  ///< of all its events
  Term value = {};               ///< store, rmw: what is written
  Term writes_if = {};           ///< rmw: it writes only then; null = always
  Term gives = {};               ///< what it returns; null = nothing
  Term granted = {};             ///< only executions in which this holds are considered
  bool open = false;        ///< the order is asked for, `order` is the weakest
};

using Primitives = std::vector<Primitive>;

/// The functions of the kernel and of sites whose order is asked for.
const Primitives& kernel_primitives();

/// Null where nobody knows a function of this name.
const Primitive* find_primitive(std::string_view name);

}  // namespace lockstep::orders::litmus
