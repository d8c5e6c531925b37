// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/orders/mutants.hpp"

namespace lockstep::orders {

/// A model with one restriction taken out of an expression: a subtrahend, one side of an
/// intersection, a set that a sequence passes; or `?` and `*` made nothing but what they repeat.
std::vector<Mutant> looser(const MemoryModel& model);

}  // namespace lockstep::orders
