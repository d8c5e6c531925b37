// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

namespace lockstep::cli {

/// The folders of the user's protocols, by name, in the folders that --protocols names. The first
/// call builds what is out of date of their code, by CMake into build/ of each, and loads it.
/// InputError where that cannot be, with the command to see why.
const std::vector<std::filesystem::path>& foreign_protocols();

}  // namespace lockstep::cli
