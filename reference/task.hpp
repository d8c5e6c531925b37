// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// A task that sleeps and is woken: its state.
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep {

struct Task {
  static constexpr std::string_view kind = "Task";
};
inline constexpr Field<"task_state", Task, int> task_state;
inline constexpr int running = 0, sleeping = 2;

}  // namespace lockstep
