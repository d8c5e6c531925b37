// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "orders/encode/encode.hpp"

namespace lockstep::orders {

/// An access of a closed program to what is no memory.
struct Fault {
  Outcome outcome = Outcome::unknown;
  std::string words;  ///< `P1.L11 dereferences a null pointer`; of `unknown`, the reason
  std::optional<Execution> execution;  ///< up to there, without the access and what follows it
};

/// Does some execution come to such an access? Its thread stops there, so nothing is said of what
/// would come out of it. An assumption that speaks of what a stopped thread did not read any more
/// is not made; all others are.
Fault first_fault(const Program& program, const MemoryModel& model, const Limits& limits);

}  // namespace lockstep::orders
