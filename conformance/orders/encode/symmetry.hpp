// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utility>
#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders {

/// Threads that can change places: the same events but for their own reads, and a question that
/// does not tell them apart. Mutual exclusion of n threads has n! executions of each kind, of which
/// the solver needs to see one.
struct SymmetricThreads {
  std::vector<int> threads;  ///< two or more
  /// By thread, the same write of each, to one cell: executions in which these writes do not come
  /// in the order of `threads`, those that happen first, are left out. Any execution can be
  /// renamed into one that stays.
  std::vector<int> writes;
};

std::vector<SymmetricThreads> symmetries(const Program& program);

}  // namespace lockstep::orders
