// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/program.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "report/text.hpp"

namespace lockstep::cli {
namespace {

/// An option takes the one word behind it, and no option for its value: CLI11 would hand over all
/// words up to the next option, and any word as the first.
void take_one_value(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->get_positional()) option->type_name("");  // its name says what it is
    if (option->get_positional() || option->get_items_expected_max() == 0) continue;
    option->allow_extra_args(false);
    option->check(
        [&app](const std::string& value) {
          const bool known = value.starts_with("-") && value.size() == 2 &&
                             app.get_option_no_throw(value) != nullptr;
          return value.starts_with("--") || known ? "a value is expected, not the option " + value
                                                  : std::string{};
        },
        "", "");
  }
}

/// Two columns below a title.
std::string listed(const std::vector<std::pair<std::string, std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.first.size());
  std::string out;
  for (const auto& [name, words] : rows) {
    std::string before = "\n  " + report::pad(name, width) + "  ";
    for (const std::string& part : report::folded(words, 96 - width)) {
      out += before + part;
      before = "\n" + std::string(width + 4, ' ');
    }
  }
  return out;
}

std::string footer(const std::vector<std::string>& examples) {
  std::string out;
  if (launcher_called()) {
    out += fmt::format("\nOf the launcher:\n  {:<31} {}\n", "test", test_summary);
  }
  out += "\nExamples:\n  " + report::join(examples, "\n  ");
  out += "\n\nEnvironment:" + listed(Program::environment()) + "\n\nExit status: ";
  std::vector<std::string> statuses;
  for (const auto& [status, words] : Program::statuses()) statuses.push_back(status + " " + words);
  return out + report::join(statuses, ", ");
}

}  // namespace

Program::Program() {
  app.option_defaults()->always_capture_default(false);
  app.get_formatter()->column_width(34);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  add_options(app, options, allowed);
  std::vector<std::string> examples;
  for (const Command* entry : Command::all()) {
    examples.push_back(entry->examples.front());
    CLI::App* sub = app.add_subcommand(entry->name, entry->summary);
    sub->group("Commands");
    sub->footer("\nExample:\n  " + report::join(entry->examples, "\n  "));
    CommandLine line{*sub, allowed};
    Work run_it = entry->setup(line);
    add_options(*sub, options, allowed);
    take_one_value(*sub);
    sub->final_callback([this, run_it, entry] {
      command = entry->name;
      work = run_it;
    });
  }
  app.footer(footer(examples));
}

std::string Program::summary() {
  return "A specification, an implementation and its memory orders, held in step.";
}

bool launcher_called() {
  return std::getenv("LOCKSTEP_LAUNCHER") != nullptr;
}

std::vector<std::pair<std::string, std::string>> Program::environment() {
  std::vector<std::pair<std::string, std::string>> out{
      {"TLA2TOOLS_JAR=FILE", "the TLC to use"},
      {"LOCKSTEP_ROOT=DIR", "where spec/ and traces/ stand"},
      {"LOCKSTEP_PROTOCOLS=DIR",
       "folders of your own protocols, where no --protocols is given; with a colon between two"},
      {"LOCKSTEP_SCRATCH=DIR", "for temporary files, instead of TMPDIR"},
      {"COLUMNS=N", "how wide tables may be"},
      {"NO_COLOR=1", "no colours, unless --color always"},
  };
  if (launcher_called()) {
    out.emplace_back("LOCKSTEP_NO_INSTALL=1", "never install a package");
    out.emplace_back("LOCKSTEP_BUILD_DIR=DIR", "instead of build/");
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> Program::statuses() {
  return {{"0", "PASS"},
          {"1", "FAIL"},
          {"2", "usage or input"},
          {"3", "UNKNOWN"},
          {"4", "an error of Lockstep"},
          {"130", "Ctrl-C"}};
}

}  // namespace lockstep::cli
