// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/module.hpp"

#include <algorithm>
#include <fstream>

#include "model/verdict.hpp"
#include "tlc/characters.hpp"

namespace lockstep::tlc {

namespace fs = std::filesystem;

namespace {

std::string call(const ActionInstance& action) {
  std::string args = action.task;
  for (const std::string& arg : action.args) args += (args.empty() ? "" : ", ") + arg;
  return args.empty() ? action.action : action.action + "(" + args + ")";
}

/// A configuration can hold names, numbers, strings and sets of them; everything else becomes a
/// definition of the module that replaces the constant.
bool fits_config(const std::string& value) {
  const auto is_plain = [](char c) {
    return is_word(c) || c == ' ' || c == ',' || c == '{' || c == '}';
  };
  const bool is_string = value.size() >= 2 && value.front() == '"' &&
                         value.find('"', 1) == value.size() - 1 &&
                         value.find('\\') == std::string::npos;
  return is_string ||
         (value.find_first_of("{") == value.rfind('{') &&
          (value.starts_with('{') == value.ends_with('}')) && std::ranges::all_of(value, is_plain));
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += separator;
    out += word;
  }
  return out;
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream file{path, std::ios::binary};
  file << text;
  file.close();
  if (!file) throw Undecided(path.string() + " cannot be written (is the disk full?)");
}

/// SANY takes a list of directories apart at ':', so the modules are linked into one instead.
void link_modules(const fs::path& from, const fs::path& into) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{from, error}) {
    if (entry.path().extension() != ".tla") continue;
    // What stands in the first directory wins.
    std::error_code exists;
    fs::create_symlink(fs::absolute(entry.path()), into / entry.path().filename(), exists);
  }
  if (error) throw InputError(from.string(), 0, 0, "no directory of modules: " + error.message());
}

}  // namespace

std::string module_text(const ModelRun& run) {
  std::string out = "---- MODULE MC ----\nEXTENDS " + run.spec_module + "\n";
  if (!run.model_values.empty()) out += "CONSTANTS " + joined(run.model_values, ", ") + "\n";
  for (const Constant& constant : run.constants) {
    if (!fits_config(constant.value)) {
      out += "MC_" + constant.name + " == " + constant.value + "\n";
    }
  }
  std::vector<std::string> names;
  for (const ActionInstance& action : run.actions) {
    // TLC looks through a plain application and would print the action's own name; TRUE stops it.
    if (call(action) != action.name) out += action.name + " == TRUE /\\ " + call(action) + "\n";
    names.push_back(action.name);
  }
  out += "MC_Next ==\n  \\/ " + joined(names, "\n  \\/ ") + "\n";
  if (!run.definitions.empty()) out += run.definitions + "\n";
  const std::string steps = run.own_next ? run.next : "MC_Next";
  const std::string others = run.own_next ? "MC_Next" : run.next;
  if (run.same_steps) out += "MC_SameSteps == [][" + others + "]_(" + run.variables + ")\n";
  out += "MC_Spec == " + run.init + " /\\ [][" + steps + "]_(" + run.variables + ")";
  if (!run.fairness.empty()) out += "\n  /\\ (" + run.fairness + ")";
  return out + "\n====\n";
}

std::string config_text(const ModelRun& run) {
  std::string out = "SPECIFICATION MC_Spec\n";
  for (const std::string& name : run.model_values) out += "CONSTANT " + name + " = " + name + "\n";
  for (const Constant& constant : run.constants) {
    const bool fits = fits_config(constant.value);
    out += "CONSTANT " + constant.name;
    out += (fits ? " = " + constant.value : " <- MC_" + constant.name) + "\n";
  }
  for (const std::string& name : run.invariants) out += "INVARIANT " + name + "\n";
  for (const std::string& name : run.properties) out += "PROPERTY " + name + "\n";
  if (run.same_steps) out += "PROPERTY MC_SameSteps\n";
  if (!run.view.empty()) out += "VIEW " + run.view + "\n";
  return out + "CHECK_DEADLOCK " + (run.deadlock ? "TRUE" : "FALSE") + "\n";
}

void write_module(const ModelRun& run, const fs::path& directory) {
  write(directory / "MC.tla", module_text(run));
  write(directory / "MC.cfg", config_text(run));
  for (const fs::path& from : run.spec_directories) link_modules(from, directory);
  if (!fs::exists(directory / (run.spec_module + ".tla"))) {
    throw InputError(run.spec_module + ".tla", 0, 0,
                     "no such module in the directories of the specification");
  }
}

}  // namespace lockstep::tlc
