// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>

#include "claims/beside/sites.hpp"
#include "claims/judges.hpp"
#include "orders/witness/judge.hpp"

namespace lockstep::beside {

/// What races in some question under lkmm, with the orders that the reference declares. Throws
/// Undecided where that is not known.
std::set<orders::Race> races_of(const OrderSubject& subject);

/// Each race is stated beside one of its two sites, `races with B`, and what is stated races. A
/// race is the kernel's own, or a mistake here. Throws InputError with the place.
void hold_races(const Sites& sites, const std::set<orders::Race>& races);

}  // namespace lockstep::beside
