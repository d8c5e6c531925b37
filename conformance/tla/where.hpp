// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "tla/action.hpp"

namespace lockstep::tla {

/// What the guards of an action allow a variable to be: by its cell (`pc[m1]`), the strings. A cell
/// that is not there may be anything. Never less than what is allowed.
using Allowed = std::map<std::string, std::set<std::string>>;

Allowed allowed(const ActionTree& tree, const std::string& variable);

}  // namespace lockstep::tla
