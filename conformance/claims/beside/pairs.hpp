// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>

#include "claims/beside/sites.hpp"
#include "claims/judges.hpp"

namespace lockstep::beside {

/// By site, the sites that it pairs with.
using Partners = std::map<std::string, std::set<std::string>>;

/// What the questions need together that are never under the kernel's model: two sites of different
/// tasks, or a site and a read on which the other task depends (orders/placements/needs.hpp).
/// Throws Undecided where the judge does not know.
Partners partners_of(const OrderSubject& subject);

/// Holds every `pairs with` against that. A literal that is the end of several sites pairs with
/// whatever one of them pairs with. Throws InputError with the place of a name that is no site, of
/// a pair that no question needs, and of a site whose partner is not said.
void hold_pairs(const Sites& sites, const Partners& partners);

}  // namespace lockstep::beside
