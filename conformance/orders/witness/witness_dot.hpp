// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "orders/encode/execution.hpp"

namespace lockstep::orders {

/// A witness as a graph in Graphviz' language, with the colours that herd7 gives: rf red, co blue,
/// fr orange, fences green, dependencies indigo. One box for each task, its accesses in program
/// order; the two halves of a read-modify-write are one node. Bold is the cycle of `against`.
std::string witness_dot(const Program& program, const Execution& execution, const Breach& against,
                        const Symbols& symbols);

}  // namespace lockstep::orders
