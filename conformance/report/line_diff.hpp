// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace lockstep::report {

/// What was changed of a text, in the order of its lines: where lines went (`- `) and came (`+ `),
/// below the line of the new text where the change begins and behind the line before it.
///
///     line 4:
///         "put_dec": 7
///     -   "wake": 3
///     +   "wake": 4
///
/// A comma at a line's end is not compared: it says only whether another line comes after.
/// Empty where nothing was changed.
std::string line_diff(const std::string& before, const std::string& after);

}  // namespace lockstep::report
