// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/verdicts.hpp"

#include <algorithm>

#include "model/verdict.hpp"

namespace lockstep::orders::litmus {

namespace {

struct Cell {
  std::string text;
  std::size_t column = 1;
};

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> out;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    out.push_back({std::string{line.substr(at, end - at)}, at + 1});
    at = end + 1;
  }
  return out;
}

std::string lower(std::string_view word) {
  std::string out;
  for (const char c : word) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

std::optional<Observed> observed_of(std::string_view word) {
  for (const Observed o : {Observed::never, Observed::sometimes, Observed::always}) {
    if (lower(word) == lower(name_of(o))) return o;
  }
  return std::nullopt;
}

KnownVerdicts KnownVerdicts::parse(std::string_view text, std::string_view file,
                                   const std::vector<std::string>& models) {
  KnownVerdicts out;
  std::vector<Cell> titles;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::vector<Cell> cells = cells_of(line);
    const auto wrong = [&](const Cell& cell, const std::string& expected) {
      throw InputError{file, number + 1, cell.column, "'" + cell.text + "'; expected " + expected};
    };
    if (titles.empty()) {
      titles = cells;
      if (titles[0].text != "test") wrong(titles[0], "a line of titles, the first being 'test'");
      for (const std::string& model : models) {
        if (std::ranges::none_of(titles, [&](const Cell& t) { return t.text == model; })) {
          throw InputError{file, number + 1, 0,
                           "no column '" + model +
                               "'; expected one for each "
                               "model that is asked for"};
        }
      }
      continue;
    }
    if (cells.size() > titles.size()) {
      wrong(cells[titles.size()], "no more columns than there are titles");
    }
    if (out.rows_.contains(cells[0].text)) wrong(cells[0], "each test once");
    auto& row = out.rows_[cells[0].text];
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const std::string& title = titles[i].text;
      if (cells[i].text == "-" || cells[i].text.empty()) continue;
      for (const std::string& model : models) {
        if (title == model) {
          row[model].verdict = observed_of(cells[i].text);
          if (!row[model].verdict) wrong(cells[i], "Never, Sometimes, Always or '-'");
        } else if (title == model + "_race") {
          if (cells[i].text != "0" && cells[i].text != "1") wrong(cells[i], "1, 0 or '-'");
          row[model].race = cells[i].text == "1";
        }
      }
    }
  }
  if (titles.empty()) throw InputError{file, 1, 1, "an empty table; expected a line of titles"};
  return out;
}

KnownVerdicts::Known KnownVerdicts::of(const std::string& test, const std::string& model) const {
  const auto row = rows_.find(test);
  if (row == rows_.end()) return {};
  const auto cell = row->second.find(model);
  return cell == row->second.end() ? Known{} : cell->second;
}

std::vector<std::string> KnownVerdicts::tests() const {
  std::vector<std::string> out;
  for (const auto& [name, row] : rows_) out.push_back(name);
  return out;
}

}  // namespace lockstep::orders::litmus
