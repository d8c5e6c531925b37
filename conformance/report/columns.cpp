// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/site_text.hpp"
#include "report/text.hpp"
#include "report/values.hpp"

namespace lockstep::report {
namespace {

/// `Dup_SetRefcnt(s2)  vm_refcnt[v2] = 1`, folded where it is too long for a column.
std::vector<std::string> cell(const Behaviour& behaviour, std::size_t index, const Columns& how) {
  const Symbols& symbols = behaviour.layout.symbols;
  const Step& step = behaviour.steps[index];
  std::string line = symbols.name(step.site);
  for (std::uint32_t i = 0; i < step.arg_count; ++i) {
    line += (i == 0 ? "(" : ", ") + symbols.text(step.args[i]);
  }
  if (step.arg_count > 0) line += ")";
  std::vector<std::string> lines;
  std::string between = "  ";
  for (const std::string& effect : effects(behaviour, index, how)) {
    if (display_width(line + between + effect) > how.width) {
      lines.push_back(line + (between == ", " ? "," : ""));
      line = "    " + effect;
    } else {
      line += between + effect;
    }
    between = ", ";
  }
  lines.push_back(line);
  return lines;
}

std::vector<TaskColumn> used_columns(const Behaviour& behaviour, const Columns& how) {
  std::set<std::string> active;
  for (const Step& step : behaviour.steps) {
    active.insert(behaviour.layout.symbols.name(step.task));
  }
  std::vector<TaskColumn> used;
  for (const TaskColumn& task : how.tasks) {
    if (active.erase(task.name) > 0) used.push_back(task);
  }
  for (const std::string& name : active) used.push_back({name, name, {}});
  return used;
}

std::string end_of(const Behaviour& behaviour, const Ending& ending) {
  std::string out;
  if (behaviour.back_to) {
    const std::size_t last = behaviour.steps.size();
    out += *behaviour.back_to == last
               ? "and so for ever: no step follows\n"
               : fmt::format("and again from step {}, for ever\n", *behaviour.back_to + 1);
  }
  if (ending.property.empty()) return out;
  out += ending.property + " is violated";
  std::vector<std::string> values;
  const State& last = behaviour.states.back();
  for (const std::size_t slot : ending.slots) {
    values.push_back(behaviour.layout[slot].text() + " = " +
                     value_text(behaviour.layout, slot, last[slot]));
  }
  if (!ending.remark.empty()) values.push_back(ending.remark);
  return out + (values.empty() ? "" : ": " + join(values, ", ")) + "\n";
}

}  // namespace

std::string columns(const Behaviour& behaviour, const Columns& how, const Ending& ending) {
  const std::vector<TaskColumn> tasks = used_columns(behaviour, how);
  const std::size_t number_width = std::to_string(behaviour.steps.size()).size();
  std::vector<std::vector<std::string>> cells;
  std::vector<std::size_t> owner;
  std::vector<std::size_t> widths;
  for (const TaskColumn& task : tasks) widths.push_back(display_width(task.title));
  for (std::size_t i = 0; i < behaviour.steps.size(); ++i) {
    const std::string& name = behaviour.layout.symbols.name(behaviour.steps[i].task);
    const auto column = std::ranges::find(tasks, name, &TaskColumn::name) - tasks.begin();
    owner.push_back(static_cast<std::size_t>(column));
    cells.push_back(cell(behaviour, i, how));
    for (const std::string& line : cells.back()) {
      widths[owner.back()] = std::max(widths[owner.back()], display_width(line));
    }
  }

  std::string titles(number_width, ' ');
  std::string rules(number_width, ' ');
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    titles += "  " + pad(tasks[i].title, widths[i]);
    rules += "  " + std::string(widths[i], '-');
  }
  std::string out = titles + "\n" + rules + "\n";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::size_t indent = number_width + 2;
    for (std::size_t j = 0; j < owner[i]; ++j) indent += widths[j] + 2;
    std::string number = pad_left(std::to_string(i + 1), number_width);
    for (const std::string& line : cells[i]) {
      out += pad(number, indent) + line + "\n";
      number.clear();
    }
  }
  const std::string end = end_of(behaviour, ending);
  if (cells.empty()) return end;
  return trim_lines(out + (end.empty() ? "" : "\n") + end);
}

}  // namespace lockstep::report
