// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string_view>

namespace lockstep {

/// Writes all of it; 0, or the error. A file that does not block is waited for, and the wait ends
/// by Interrupted on Ctrl-C.
int write_all(int file, std::string_view text);

/// Which of standard output (1) and standard error (2) is this very file; -1 = neither.
int standard_stream(const struct stat& status);

/// Writes to a file as it stands: a pipe, a device, a standard stream. 0, or the error. A pipe
/// that nobody reads yet is waited for.
int write_stream(const std::filesystem::path& path, const struct stat& status,
                 std::string_view text);

}  // namespace lockstep
