// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

namespace lockstep {

/// Writes a file as a whole or not at all: to a temporary file beside it, which takes its name at
/// the end. An InputError names a path that cannot be written; a full disk is Undecided.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace lockstep
