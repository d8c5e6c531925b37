// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "machines/protocol.hpp"
#include "protocols/vma_refcnt_variants.hpp"

namespace lockstep::vma_refcnt {

/// The safety properties of VmaRefcntProperties.tla, for the reference: the same names, the same
/// meaning. Fast enough to be asked of millions of states.
std::vector<Monitor> monitors_of(const World& world, const Counts& counts, const Rules& rules);
/// Those that speak of a step.
std::vector<StepMonitor> step_monitors_of(const World& world, const Counts& counts,
                                          const Rules& rules);

}  // namespace lockstep::vma_refcnt
