// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "explore/compare.hpp"

namespace lockstep {

/// Runs the reference along the steps of a difference, and one step further: its states, and what
/// the last step leads to.
void rerun(System& reference, Difference& difference);

}  // namespace lockstep
