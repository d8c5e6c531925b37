// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace lockstep::cli {

/// A word as a shell reads it.
std::string quoted(const std::string& word);

/// `./lockstep explore vma_refcnt`: the command as it can be pasted into a shell.
std::string command_line(int argc, const char* const* argv);

/// The text that asks for a report.
std::string report_wanted(const std::string& what, const std::string& command);

/// From now on a failed assertion or a wild pointer ends with status 4 and that text. Somebody who
/// handles such a signal for himself (a sanitizer, the stepped machine) is not disturbed.
void report_crashes(const std::string& command);

}  // namespace lockstep::cli
