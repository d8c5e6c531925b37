// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <charconv>
#include <stdexcept>

#include "tlc/characters.hpp"
#include "tlc/module.hpp"
#include "tlc/value.hpp"

namespace lockstep::tlc {

ActionInstance instance(std::string action, std::string task, std::vector<std::string> args) {
  std::string name = action;
  const auto append = [&name](const std::string& arg) {
    name += '_';
    for (const char c : arg) {
      // `-1` becomes `m1`; quotes go.
      if (is_word(c)) name += c;
      if (c == '-') name += 'm';
    }
  };
  if (!task.empty()) append(task);
  for (const std::string& arg : args) append(arg);
  return {std::move(name), std::move(action), std::move(task), std::move(args)};
}

std::vector<ActionInstance> instances(const std::string& action,
                                      const std::vector<std::string>& tasks,
                                      const std::vector<std::vector<std::string>>& domains) {
  std::vector<std::vector<std::string>> bindings{{}};
  for (const auto& domain : domains) {
    std::vector<std::vector<std::string>> longer;
    for (const auto& binding : bindings) {
      for (const std::string& value : domain) {
        longer.push_back(binding);
        longer.back().push_back(value);
      }
    }
    bindings = std::move(longer);
  }
  std::vector<ActionInstance> out;
  for (const std::string& task : tasks) {
    for (const auto& binding : bindings) out.push_back(instance(action, task, binding));
  }
  return out;
}

namespace {

/// The atom of an argument as the specification writes it.
Atom argument(const std::string& text, Symbols& symbols) {
  Atom number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return number;
  if (text == "TRUE" || text == "FALSE") return text == "TRUE" ? 1 : 0;
  if (text.starts_with('"')) return symbols.intern(read_value(text, {.file = "argument"}).name);
  return symbols.intern(text);
}

}  // namespace

StepTable step_table(const ModelRun& run, Symbols& symbols) {
  StepTable table;
  for (const ActionInstance& action : run.actions) {
    if (action.args.size() > Step::max_args) {
      throw std::logic_error(action.action + " has more arguments than a step can hold");
    }
    if (table.find(action.name)) {
      throw std::logic_error("two action instances are called " + action.name);
    }
    Step step{.site = symbols.intern(action.action),
              .task = action.task.empty() ? null_atom : symbols.intern(action.task),
              .arg_count = static_cast<std::uint32_t>(action.args.size()),
              .args = {}};
    for (std::size_t i = 0; i < action.args.size(); ++i) {
      step.args[i] = argument(action.args[i], symbols);
    }
    table.add(action.name, step);
  }
  return table;
}

}  // namespace lockstep::tlc
