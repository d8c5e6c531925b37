// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "page.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "subject.hpp"
#include "tests/process.hpp"

namespace lockstep::testing {

namespace {

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(' ');
  if (from == std::string::npos) return "";
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  std::size_t from = 1;
  for (std::size_t bar = line.find('|', 1); bar != std::string::npos; bar = line.find('|', from)) {
    out.push_back(trimmed(line.substr(from, bar - from)));
    from = bar + 1;
  }
  return out;
}

}  // namespace

const std::string& proof_page() {
  static const std::string page =
      text_of(LOCKSTEP_SOURCE_DIR "/spec/" + proved().name + "/PROOF.md");
  return page;
}

PageTable PageTable::below(const std::string& page, const std::string& heading) {
  std::istringstream lines(page);
  PageTable out;
  bool there = false, table = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) there = line == "## " + heading;
    if (!there) continue;
    if (!line.starts_with('|')) {
      if (table) break;
      continue;
    }
    if (table && line.starts_with("| ---")) continue;
    (table ? out.rows.emplace_back() : out.titles) = cells_of(line);
    table = true;
  }
  if (!table) throw std::runtime_error("no table below '" + heading + "'");
  for (const auto& row : out.rows) {
    if (row.size() != out.titles.size()) {
      throw std::runtime_error("below '" + heading + "': a row of another length: " + row.front());
    }
  }
  return out;
}

std::size_t PageTable::column(const std::string& title) const {
  const auto found = std::ranges::find(titles, title);
  if (found == titles.end()) throw std::runtime_error("no column '" + title + "'");
  return static_cast<std::size_t>(found - titles.begin());
}

std::vector<std::string> differences(const PageTable& table, const std::string& title,
                                     const Computed& computed) {
  std::vector<std::string> out;
  const std::size_t column = table.column(title);
  for (std::size_t i = 0; i < std::max(table.rows.size(), computed.size()); ++i) {
    const std::string row = i < table.rows.size() ? table.rows[i].front() : "no row";
    const std::string expected = i < computed.size() ? computed[i].first : "no row";
    if (row != expected) {
      out.push_back("row " + std::to_string(i + 1) + ": " + row + " in the place of " + expected);
    } else if (const std::string& cell = table.rows[i][column]; cell != computed[i].second) {
      out.push_back(row + ", " + title + ": '" + cell + "' is '" + computed[i].second + "'");
    }
  }
  return out;
}

std::vector<std::pair<std::string, PageTable>> lies(const PageTable& table,
                                                    const std::string& title) {
  std::vector<std::pair<std::string, PageTable>> out;
  const std::size_t column = table.column(title);
  const auto add = [&](const std::string& lie, std::size_t row, const auto& change) {
    out.emplace_back(table.rows[row].front() + ": " + lie, table);
    change(out.back().second.rows);
  };
  const auto at = [](std::size_t row) { return static_cast<std::ptrdiff_t>(row); };
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::size_t next = (i + 1) % table.rows.size();
    add("another cell", i, [&](auto& rows) { rows[i][column] += "`another`"; });
    if (!table.rows[i][column].empty()) {
      add("no cell", i, [&](auto& rows) { rows[i][column].clear(); });
    }
    if (table.rows[i][column] != table.rows[next][column]) {
      add("its neighbour's cell", i, [&](auto& rows) { rows[i][column] = rows[next][column]; });
    }
    add("left out", i, [&](auto& rows) { rows.erase(rows.begin() + at(i)); });
    add("twice", i, [&](auto& rows) { rows.insert(rows.begin() + at(i), table.rows[i]); });
    add("in another place", i, [&](auto& rows) { std::swap(rows[i], rows[next]); });
  }
  return out;
}

std::vector<std::string> codes_in(const std::string& cell) {
  std::vector<std::string> out;
  for (std::size_t from = cell.find('`'); from != std::string::npos;) {
    const std::size_t to = cell.find('`', from + 1);
    if (to == std::string::npos) throw std::runtime_error("a '`' without another: " + cell);
    out.push_back(cell.substr(from + 1, to - from - 1));
    from = cell.find('`', to + 1);
  }
  return out;
}

}  // namespace lockstep::testing
