// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "orders/encode/execution.hpp"

namespace lockstep::orders {

/// Why this is no execution of the program at all, whatever the model; empty = it is one. Events
/// happen where their guards hold, writes write their values, each read has a write of its cell and
/// its value, each cell a total order of its writes with the initial one first, assumptions hold,
/// last values are last. By plain calculation: nothing here is shared with the encoding.
std::string malformed(const Program& program, const Execution& execution);

}  // namespace lockstep::orders
