// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "claims/judges.hpp"

namespace lockstep {

/// Can a property fail at all? What holds whatever the cells are, as `TRUE` or a quantifier over
/// nothing, says nothing of a protocol. An invariant, and a property of steps: some state of the
/// types violates it, found by giving cells of reachable states other values that their variables
/// have somewhere; a refinement, too, of which every step is one if its mapping stands still.
/// Liveness: without any fairness it is violated. "can fail", or why it seems that it cannot. A
/// variant that breaks the property shows more; this is for those that no variant does.
std::string can_fail(const Subject& subject, const ManifestProperty& property,
                     const Workshop& workshop);

}  // namespace lockstep
