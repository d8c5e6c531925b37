// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace lockstep::report {

/// Aligned text: a row of titles, then rows. Cells may hold colours and several lines.
class Table {
 public:
  /// A column whose title begins with '>' is aligned to the right.
  explicit Table(std::vector<std::string> titles);
  /// Missing cells are empty.
  void row(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  /// Every line ends in a line feed and none in a blank. Where it would be wider than `width`, the
  /// widest columns are folded, at blanks where there are some; 0 = as wide as it is.
  std::string text(std::size_t width = 0) const;

 private:
  std::vector<std::string> titles_;
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace lockstep::report
