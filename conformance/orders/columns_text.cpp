// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/columns.hpp"

namespace lockstep::orders {

namespace {

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : between) + p;
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
  const auto line = [&](std::size_t task, const std::string& what) {
    std::string out;
    for (std::size_t t = 0; t < task; ++t) out += std::string(width[t] + 2, ' ');
    return out + what;
  };
  std::string out;
  for (std::size_t t = 0; t < c.tasks.size(); ++t) {
    const bool last = t + 1 == c.tasks.size();
    out += c.tasks[t] + (last ? "" : std::string(width[t] + 2 - c.tasks[t].size(), ' '));
  }
  out += "\n";
  for (const auto& r : c.rows) {
    if (r.matters) out += line(r.task, cell(r)) + "\n";
  }
  if (others > 0) {
    out += "(and " + std::to_string(others) + " that no other task can notice)\n";
  }
  for (const auto& w : c.cells) out += w.name + ": " + joined(w.writes, ", then ") + "\n";
  if (!c.law.empty()) {
    out += "not possible under " + c.under + ", by " + c.law + ": ";
    for (std::size_t i = 0; i < c.cycle.size(); ++i) {
      out += c.cycle[i] + " -" + c.steps[i] + "-> ";
    }
    out += c.cycle.front() + "\n";
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
  return {{"tasks", c.tasks}, {"rows", rows},     {"writes", cells}, {"under", c.under},
          {"law", c.law},     {"cycle", c.cycle}, {"steps", c.steps}};
}

}  // namespace lockstep::orders
