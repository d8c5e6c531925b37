// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "orders/placements/opened.hpp"

namespace lockstep::orders {

/// The reads, as `task.SITE`, that the question needs what depends on them to wait for: with their
/// address, data and control dependencies taken away its forbidden end is reachable. Not those of
/// the tasks that are named.
std::set<std::string> needed_dependencies(const Opened& question,
                                          const std::set<std::string>& not_of_tasks,
                                          const MemoryModel& model, const Limits& limits);

}  // namespace lockstep::orders
