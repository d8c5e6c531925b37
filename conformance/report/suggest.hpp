// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

/// `; did you mean 'explore'?` for the name nearest to what was typed, or "" where none is near.
/// Also for protocols, variants, scenarios and questions.
std::string suggestion(std::string_view typed, const std::vector<std::string>& names);

}  // namespace lockstep::report
