// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "orders/encode/encode.hpp"

namespace lockstep::orders {

/// Coherence of each cell, atomic read-modify-writes, and no value out of thin air: what is left
/// of every model where all orders, fences and grace periods are taken away.
const MemoryModel& weakest_model();

/// Why the program's forbidden end says nothing of memory orders: no execution comes to it even
/// under the weakest model. `reachable` where it does say something; `unknown` comes with a reason.
struct Vacuity {
  Outcome end = Outcome::unknown;
  std::string reason;  ///< of `never` and of `unknown`
};
Vacuity vacuity(const Program& program, int visits, const Limits& limits = {});

/// Does some execution of the program come to this site, under SC? `unknown` is neither yes nor no:
/// a site of which this is not known is neither needed nor unneeded.
Outcome comes_to(const Program& program, const std::string& site, const Limits& limits = {});
inline constexpr const char* no_question_comes = "no question comes to this site";
inline constexpr const char* not_known_to_come = "not known: does a question come to this site?";

/// The first thing that the forbidden end speaks of and no execution under SC comes to, or of which
/// that is not known; empty where there is none.
struct Missing {
  std::string name;
  std::string reason;  ///< where it is not known
};
Missing never_there(const Program& program, const Limits& limits = {});

}  // namespace lockstep::orders
