// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "claims/judges.hpp"

namespace lockstep {

/// Where the reference starts otherwise than the specification, by both states; of each variable
/// "open[d1] is 0 by Init, 1 by the registration of door ('starts')".
std::vector<std::string> different_starts(const Subject& subject, const Layout& layout,
                                          StateView spec, StateView reference);

/// The world's start is what Init says: the machines know no specification, so the registration
/// says it a second time. Throws InputError at the place of Init.
void hold_start(const Subject& subject);

}  // namespace lockstep
