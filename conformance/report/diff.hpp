// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "model/layout.hpp"

namespace lockstep::report {

/// The states about one step: before it, after it as the specification has it, and as the
/// reference did it (or nothing, where the reference has no such step).
struct ThreeStates {
  StateView before;
  StateView specification;
  std::optional<StateView> reference;
};

/// A table of the variables in which specification and reference differ; where the reference has no
/// such step, of those that the step changes.
///
///     variable       before  specification  reference
///     vm_refcnt[v2]  0       1              2
///
/// Empty where there is nothing to show.
std::string three_way_diff(const Layout& layout, const ThreeStates& states);

}  // namespace lockstep::report
