// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/line_diff.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

namespace lockstep::report {

namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  std::istringstream in(text);
  Lines out;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with(',')) line.pop_back();
    out.push_back(std::move(line));
  }
  return out;
}

/// common[i][j]: how many lines two texts have in common from the i-th and the j-th on, in order.
using Common = std::vector<std::vector<std::size_t>>;
Common common_of(const Lines& before, const Lines& after) {
  Common out(before.size() + 1, std::vector<std::size_t>(after.size() + 1, 0));
  for (std::size_t i = before.size(); i-- > 0;) {
    for (std::size_t j = after.size(); j-- > 0;) {
      out[i][j] =
          before[i] == after[j] ? out[i + 1][j + 1] + 1 : std::max(out[i + 1][j], out[i][j + 1]);
    }
  }
  return out;
}

}  // namespace

std::string line_diff(const std::string& before, const std::string& after) {
  const Lines from = lines_of(before), to = lines_of(after);
  const Common common = common_of(from, to);
  std::string out;
  bool inside = false;
  for (std::size_t i = 0, j = 0; i < from.size() || j < to.size();) {
    if (i < from.size() && j < to.size() && from[i] == to[j]) {
      ++i, ++j;
      inside = false;
      continue;
    }
    if (!inside) {
      out += "line " + std::to_string(j + 1) + ":\n";
      if (j > 0) out += "  " + to[j - 1] + "\n";
      inside = true;
    }
    const bool goes = j == to.size() || (i < from.size() && common[i + 1][j] >= common[i][j + 1]);
    out += goes ? "- " + from[i++] + "\n" : "+ " + to[j++] + "\n";
  }
  return out;
}

}  // namespace lockstep::report
