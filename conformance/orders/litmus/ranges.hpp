// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "orders/litmus/context.hpp"

namespace lockstep::orders::litmus {

/// The judge of orders holds names above numbers. Throws Unsupported where a program might compute
/// with a name as if it were a number (`beyond`: a large number may be one), or come to a number
/// that is too large: what the judge says would be about other values.
void check_ranges(const Program& program, const std::vector<Computed>& computed, bool beyond,
                  const Source& source);

}  // namespace lockstep::orders::litmus
