// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "claims/check.hpp"

namespace lockstep::cli {

/// The arguments of the command that shows what a check found, in full: "explore P --size 2x1".
std::string shown_by(const Manifest& manifest, const Check& check, const Outcome& outcome);

/// What it would take to decide a check, of which `why` says that it is not decided: a tool that is
/// missing, a limit to raise, a proof to write. `shown` is the command that asks it alone.
std::string to_decide(const std::string& why, const std::string& shown);

}  // namespace lockstep::cli
