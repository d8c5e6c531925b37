// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/table.hpp"

#include <algorithm>

#include "report/text.hpp"

namespace lockstep::report {
namespace {

std::vector<std::string> lines_of(const std::string& cell) {
  std::vector<std::string> lines(1);
  for (const char c : cell) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

/// As narrow as a column is made; the second where many of them have to stand side by side.
constexpr std::size_t least[] = {8, 4};

/// The widths of columns, with two blanks between them, that fit: the widest give first.
void fit(std::vector<std::size_t>& widths, std::size_t width) {
  std::size_t sum = 2 * (widths.empty() ? 0 : widths.size() - 1);
  for (const std::size_t w : widths) sum += w;
  for (const std::size_t narrow : least) {
    while (sum > width) {
      const auto widest = std::ranges::max_element(widths);
      if (widest == widths.end() || *widest <= narrow) break;
      --*widest;
      --sum;
    }
  }
}

}  // namespace

Table::Table(std::vector<std::string> titles) : titles_(std::move(titles)) {
  for (std::string& title : titles_) {
    right_.push_back(title.starts_with('>'));
    if (right_.back()) title.erase(0, 1);
  }
}

void Table::row(std::vector<std::string> cells) {
  cells.resize(titles_.size());
  rows_.push_back(std::move(cells));
}

std::string Table::text(std::size_t width) const {
  std::vector<std::size_t> widths(titles_.size());
  const auto widen = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (const std::string& line : lines_of(cells[i])) {
        widths[i] = std::max(widths[i], display_width(line));
      }
    }
  };
  widen(titles_);
  std::ranges::for_each(rows_, widen);
  if (width != 0) fit(widths, width);

  std::string out;
  const auto print = [&](const std::vector<std::string>& cells) {
    std::vector<std::vector<std::string>> split;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      split.emplace_back();
      for (const std::string& line : lines_of(cells[i])) {
        for (std::string& part : folded(line, widths[i])) split.back().push_back(std::move(part));
      }
      height = std::max(height, split.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string text = line < split[i].size() ? split[i][line] : "";
        out +=
            (i == 0 ? "" : "  ") + (right_[i] ? pad_left(text, widths[i]) : pad(text, widths[i]));
      }
      out += '\n';
    }
  };
  print(titles_);
  std::ranges::for_each(rows_, print);
  return trim_lines(out);
}

}  // namespace lockstep::report
