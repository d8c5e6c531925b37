// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <random>

#include "machines/system.hpp"
#include "traces/trace.hpp"

namespace lockstep {

/// A random behaviour of at most `depth` steps from the initial state; it is shorter where it comes
/// to a state without a step. The same generator gives the same behaviour. No state is kept but
/// those of the behaviour, whatever the size of the model.
Trace random_walk(System& system, std::size_t depth, std::mt19937_64& random);

}  // namespace lockstep
