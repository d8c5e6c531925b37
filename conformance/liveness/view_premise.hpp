// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "explore/spec_properties.hpp"
#include "liveness/asked.hpp"

namespace lockstep::liveness {

/// Two states that a VIEW does not tell apart, and what tells them apart nevertheless.
struct Hidden {
  State first, second;
  std::vector<std::size_t> slots;  ///< the cells in which they differ
  std::string what;                ///< "the step Put_Wake(r1)", "whether RefcntOK holds"
};

struct ViewChecked {
  std::uint64_t views = 0, states = 0;
  bool all = true;  ///< every state that can be reached was looked at
  double seconds = 0;
  std::optional<Hidden> hidden;
};

/// The premise of a VIEW: two states of one view have the same steps to states of the same views,
/// and whatever is asked of states and steps has the same answer. Of each view up to `follow`
/// states are followed; every state that is reached from them is compared with the first one of its
/// view. `properties`: what else is asked; may be null. Afterwards it is of no use to others.
ViewChecked check_view(System& system, const Source& source, SpecProperties* properties,
                       unsigned follow, const std::function<void(std::uint64_t)>& on_progress = {});

}  // namespace lockstep::liveness
