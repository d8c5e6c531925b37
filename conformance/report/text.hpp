// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

/// The columns that a text takes on a terminal: characters of UTF-8, without colour sequences.
std::size_t display_width(std::string_view text);

/// `text` and blanks up to `width` columns; a longer one stays as it is.
std::string pad(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

/// 1175486 as 1,175,486.
std::string grouped(std::uint64_t number);
/// "1 trace", "2 traces"
std::string counted(std::uint64_t number, std::string_view what);

/// 0.42 s, 12.3 s, 141 s: three digits, as far as they tell something.
std::string seconds(double value);

/// `text` as a terminal may see it: what would steer the terminal is written as \x1b. Line feeds
/// stay.
std::string printable(std::string_view text);

/// A line as lines of at most `width` columns, broken at blanks or, where there is none, after
/// `/`, `,` or anywhere. A line with colours is left whole. `width` 0 = unlimited.
std::vector<std::string> folded(std::string_view line, std::size_t width);

/// Each line of `text` folded; what does not fit goes on below, two columns further in than the
/// line begins.
std::string wrapped(std::string_view text, std::size_t width);

std::string join(const std::vector<std::string>& parts, std::string_view between);

/// `text` without the blanks at the end of each line.
std::string trim_lines(std::string_view text);

}  // namespace lockstep::report
