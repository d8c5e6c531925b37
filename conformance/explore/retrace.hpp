// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "machines/system.hpp"

namespace lockstep {

/// What a system does from its first state on.
struct Behaviour {
  std::vector<State> states;  ///< one more than there are steps, but for a fault at the end
  std::vector<Step> steps;
};

/// Takes the steps with these ordinals, each among the steps of its state, and writes down what
/// they are.
Behaviour retrace(System& system, const std::vector<std::uint32_t>& ordinals);

}  // namespace lockstep
