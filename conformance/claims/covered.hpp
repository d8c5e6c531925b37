// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "claims/manifest.hpp"

namespace lockstep {

/// The edges of the site automata of the form that holds that none of its golden traces takes:
/// `reader: Look -> Use`, once more where several lead from the one site to the other.
std::multiset<std::string> untaken_edges(const Manifest& manifest, const std::string& protocol);

}  // namespace lockstep
