// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <utility>

#include "orders/encode/encode.hpp"

namespace lockstep::orders {

/// Two sites whose accesses race, the lesser name first; one site may race with itself.
using Race = std::pair<std::string, std::string>;

struct Races {
  std::set<Race> found;
  std::string reason;  ///< why it is not known whether there are more; "" = there are none
};

/// Which sites race, in some execution that the model allows, whatever its end? Two accesses of one
/// cell by two threads, one of them plain and one a write, that nothing orders: a flag of the model
/// says it. A model without flags knows no races. A site is named without the cell of an access
/// beside its own: `Put_Dec`, also for `Put_Dec.vm_mm`.
Races races(const Program& program, const MemoryModel& model, const Limits& limits = quick());

/// "Modify_Begin with Use_LoadData, Put_Dec with Put_Dec"; "none"
std::string text(const std::set<Race>& races);

}  // namespace lockstep::orders
