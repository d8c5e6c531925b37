// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lockstep::testing {

/// PROOF.md, the page that tells the proof as a story.
const std::string& proof_page();

/// A table of a page: every cell as it stands there, without the blanks around it.
struct PageTable {
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;  ///< each with as many cells as there are titles

  /// The first table below a heading. Throws std::runtime_error where there is none.
  static PageTable below(const std::string& page, const std::string& heading);
  std::size_t column(const std::string& title) const;
};

/// What a column should say, in the order of the rows: of which row, and its cell.
using Computed = std::vector<std::pair<std::string, std::string>>;

/// Where a table says something else: rows that are missing, too many, in another order; cells.
std::vector<std::string> differences(const PageTable& table, const std::string& title,
                                     const Computed& computed);

/// The table with one lie in it, in each of many ways, and what the lie is: the cell of a row is
/// changed, or exchanged with another's; a row is left out, or there twice, or in another place.
std::vector<std::pair<std::string, PageTable>> lies(const PageTable& table,
                                                    const std::string& title);

/// "`Count`": as the page writes names.
inline std::string code(const std::string& name) {
  return "`" + name + "`";
}
/// The names in a cell.
std::vector<std::string> codes_in(const std::string& cell);

}  // namespace lockstep::testing
