// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "claims/judges.hpp"

namespace lockstep {

/// A size at which a state is reached, and the shortest way to one.
struct Reached {
  std::string size;
  std::uint64_t steps = 0;
};

/// The first of the sizes that claim `safe`, the smallest first, at which the form that holds comes
/// to a state of the definition, by our own engines.
std::optional<Reached> reached_at(const Manifest& manifest, const std::string& protocol,
                                  const std::string& definition, const Workshop& workshop);

}  // namespace lockstep
