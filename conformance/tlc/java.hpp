// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace lockstep::tlc {

/// The Java to run: JAVA_HOME's, else the first of PATH. Undecided when there is none.
std::filesystem::path find_java();

/// TLC's jar. TLA2TOOLS_JAR is the user's word, or the launcher's where the user has none: an
/// InputError when it names nothing. Else the local Maven repository; Undecided when there is none.
std::filesystem::path find_jar();

}  // namespace lockstep::tlc
