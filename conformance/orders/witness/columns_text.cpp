// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "orders/witness/columns.hpp"

namespace lockstep::orders {

namespace {

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : between) + p;
  return out;
}

constexpr std::size_t page_width = 100;

/// Takes from the widest columns, until all stand on a page; a column keeps a readable width.
void narrow(std::vector<std::size_t>& width) {
  constexpr std::size_t least = 24;
  const auto all = [&width] {
    std::size_t sum = 0;
    for (const std::size_t w : width) sum += w + 2;
    return sum - 2;
  };
  while (all() > page_width) {
    const auto widest = std::ranges::max_element(width);
    if (*widest <= least) return;
    --*widest;
  }
}

/// Lines of at most `width`, broken at spaces; those after the first stand further in.
std::vector<std::string> folded(const std::string& text, std::size_t width, std::size_t indent) {
  std::vector<std::string> out;
  std::string line;
  std::istringstream words{text};
  const std::size_t start = text.find_first_not_of(' ');
  if (start != std::string::npos) line = std::string(start, ' ');
  bool empty = true;
  for (std::string word; words >> word;) {
    // An arrow stays with what it points to.
    const bool arrow =
        word == "<-" || (word.size() > 3 && word.front() == '-' && word.ends_with("->"));
    if (std::string target; arrow && words >> target) word += " " + target;
    if (!empty && line.size() + 1 + word.size() > width) {
      out.push_back(line);
      line = std::string(indent, ' ');
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  out.push_back(line);
  return out;
}

}  // namespace

std::string text(const Columns& c) {
  const auto cell = [](const Columns::Row& r) {
    // `SITE.cell` of a group or of what a site also loads: the access says which cell.
    return r.site.substr(0, r.site.find('.')) + ": " + r.text +
           (r.order.empty() ? "" : " (" + r.order + ")") +
           (r.reads_from.empty() ? "" : " <- " + r.reads_from);
  };
  std::vector<std::size_t> width;
  for (const std::string& task : c.tasks) width.push_back(task.size());
  std::size_t others = 0;
  for (const auto& r : c.rows) {
    if (r.matters) width[r.task] = std::max(width[r.task], cell(r).size());
    if (!r.matters) ++others;
  }
  narrow(width);
  std::string out;
  const auto line = [&](std::size_t task, const std::string& what) {
    std::size_t before = 0;
    for (std::size_t t = 0; t < task; ++t) before += width[t] + 2;
    out += std::string(before, ' ') + what + "\n";
  };
  for (std::size_t t = 0; t < c.tasks.size(); ++t) {
    const bool last = t + 1 == c.tasks.size();
    out += c.tasks[t] + (last ? "" : std::string(width[t] + 2 - c.tasks[t].size(), ' '));
  }
  out += "\n";
  for (const auto& r : c.rows) {
    if (!r.matters) continue;
    for (const std::string& part : folded(cell(r), width[r.task], 4)) line(r.task, part);
  }
  if (others > 0) {
    out += "(and " + std::to_string(others) + " that no other task can notice)\n";
  }
  const auto page = [&out](const std::string& paragraph) {
    for (const std::string& part : folded(paragraph, page_width, 4)) out += part + "\n";
  };
  for (const auto& w : c.cells) page(w.name + ": " + joined(w.writes, ", then "));
  if (!c.law.empty()) {
    std::string chain = "not possible under " + c.under + ", by " + c.law + ": ";
    for (std::size_t i = 0; i < c.cycle.size(); ++i) {
      chain += c.cycle[i] + " -" + c.steps[i] + "-> ";
    }
    page(chain + c.cycle.front());
    for (const std::string& sentence : c.words) page("  - " + sentence);
  }
  return out;
}

nlohmann::json to_json(const Columns& c) {
  nlohmann::json rows = nlohmann::json::array(), cells = nlohmann::json::object();
  for (const auto& r : c.rows) {
    rows.push_back({{"task", c.tasks[r.task]},
                    {"site", r.site},
                    {"order", r.order},
                    {"text", r.text},
                    {"reads_from", r.reads_from}});
  }
  for (const auto& w : c.cells) cells[w.name] = w.writes;
  return {{"tasks", c.tasks}, {"rows", rows},     {"writes", cells},  {"under", c.under},
          {"law", c.law},     {"cycle", c.cycle}, {"steps", c.steps}, {"words", c.words}};
}

}  // namespace lockstep::orders
