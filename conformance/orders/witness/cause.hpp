// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "orders/encode/execution.hpp"

namespace lockstep::orders {

/// What makes a model keep two events of one thread in their order.
struct Cause {
  enum class Kind {
    po,       ///< that they stand so in the program, or several things together
    fence,    ///< `event`, between them
    grace,    ///< the same, a grace period
    between,  ///< the same, an access
    first,    ///< the order of the first of them
    second,
    address,  ///< a dependency of the second on the first
    data,
    control
  };
  Kind kind = Kind::po;
  int event = -1;
};

/// Why `a` comes before `b` on the way of the step `from` -> `to` of a breach of the program's
/// orders. Found by taking away all orders and dependencies from `a` to `b`, after which the model
/// must lack the step, and giving back one of them, with which it must have it: the cause.
Cause cause_of(const Program& program, const Execution& execution, const Breach& breach, int a,
               int b, int from, int to);

}  // namespace lockstep::orders
