// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders {

/// What a read returns that gets its value from itself, through copies alone: no value, and equal
/// to none but itself. herd7 keeps such executions with a value that stays undetermined, and drops
/// those in which it would have to decide a branch, find an address or calculate with it.
inline constexpr Atom undetermined = first_symbol + 0x3fff;

/// By event: may it be a read of an undetermined value? All that could take part in a cycle of
/// copies, and all that could read from one, but no read on which a branch, an address, an
/// assumption or a calculation depends.
std::vector<bool> may_be_undetermined(const Program& program);

}  // namespace lockstep::orders
