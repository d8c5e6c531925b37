// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "claims/judges.hpp"
#include "claims/posed.hpp"

namespace lockstep {

/// All ways in which a subject first violates a property: after so many steps, and no fewer.
struct FirstViolations {
  std::uint64_t steps = 0;
  std::vector<Moment> moments;  ///< none: it holds. Each is a step, whatever the property is of
};

/// Looks for them as the explorer does, breadth first, to the end of the first level that has one.
FirstViolations first_violations(const Subject& subject, const std::string& property,
                                 const Workshop& workshop);

}  // namespace lockstep
