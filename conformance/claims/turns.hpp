// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "claims/check.hpp"
#include "claims/manifest.hpp"

namespace lockstep {

/// What the code of the form that holds can do, by the name of the turn (Turn::what, behind role
/// and site), and at which sizes that claim `equal` it does: the smallest, and for each role the
/// smallest where it does it in company of that role. `1x1x1; with reader: 2x1x1`; "never".
using TurnTable = std::map<std::string, std::string>;

/// What was measured, what of it nobody does, and what protocol.json excuses without need.
struct TurnsMade {
  TurnTable table;
  std::vector<std::string> gaps;      ///< `reader Look -> Use, with reader`
  std::vector<std::string> needless;  ///< members of `uncovered` that excuse nothing
  std::uint64_t states = 0;
};
TurnsMade turns_made(const ManifestProtocol& protocol, const Workshop& workshop);

}  // namespace lockstep
