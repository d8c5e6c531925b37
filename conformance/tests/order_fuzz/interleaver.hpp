// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "orders/encode/observe.hpp"
#include "orders/program/event.hpp"

namespace lockstep::orders::fuzz {

/// How the forbidden end of a program comes out when its threads are interleaved in every way over
/// one flat memory: sequential consistency by brute force. It has nothing of the encoder's; only
/// the program is the same.
/// - An RMW is one step. A lock is an RMW with an assumption; assumptions are checked at the end.
/// - A grace period begins, and ends when all RCU sections that were open then are closed.
/// - Unknown: no execution ends, or one reads a cell without an initial value.
/// Throws std::invalid_argument for what it does not know (SRCU, choices), and for a program that
/// looks at the value of a read that did not happen.
Observed interleave(const Program& program);

}  // namespace lockstep::orders::fuzz
