// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string_view>

namespace lockstep {

/// The one writer of files.
///
/// A regular file is written as a whole or not at all: to a temporary file beside it, which takes
/// its name and its permissions at the end. A link is followed, and stays. A pipe or a device is
/// written to, and stays; whoever waits for the reader of a pipe can be interrupted. What standard
/// output or standard error already is (`/dev/stdout`) is written there, after what it has.
///
/// An InputError names a path that cannot be written; a full disk or device is Undecided.
void write_file(const std::filesystem::path& path, std::string_view text);

/// Throws the InputError that write_file() would: long work should not end so.
void expect_writable(const std::filesystem::path& path);

/// Is it there, and neither a regular file nor a directory? Several texts cannot be told apart in
/// such a file, nor can it be given a number.
bool is_stream(const std::filesystem::path& path);

}  // namespace lockstep
