// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "claims/manifest.hpp"

namespace lockstep {

/// Where a text in Markdown speaks of ids (S22, D18, O03), by id: in a heading, or in bold. The
/// value is the anchor of the heading that it stands below, as GitHub makes it; the first place
/// counts. What stands between fences is no such place. `known` are the ids that there are: another
/// one is an InputError, at its place in `file`.
std::map<std::string, std::string> told_in(const std::string& text, const std::string& file,
                                           const std::vector<std::string>& known);

/// The same of the README of each protocol, as `spec/P/README.md#anchor`: by protocol, then by id.
using Told = std::map<std::string, std::map<std::string, std::string>>;
Told told(const Manifest& manifest, const std::vector<std::string>& known);

}  // namespace lockstep
