// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/tree.hpp"

#include <algorithm>

#include "build_info.hpp"
#include "cli/frame/program.hpp"

namespace lockstep::cli {
namespace {

OptionText text_of(const CLI::Option& option, const AllowedValues& allowed) {
  OptionText out;
  for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
  if (out.positional()) {
    out.value = option.get_name(true);
  } else if (option.get_items_expected_max() > 0) {
    out.value = option.get_type_name().substr(0, option.get_type_name().find(':'));
  }
  if (const auto known = allowed.find(&option); known != allowed.end()) out.values = known->second;
  out.help = option.get_description();
  out.usual = option.get_default_str();
  out.required = option.get_required();
  out.repeats = option.get_items_expected_max() > 1;
  return out;
}

}  // namespace

const CommandText* ProgramText::find(const std::string& command) const {
  const auto found = std::ranges::find(commands, command, &CommandText::name);
  return found == commands.end() ? nullptr : &*found;
}

ProgramText program_text() {
  const Program program;
  ProgramText out{"lockstep", LOCKSTEP_VERSION,       Program::summary(), {},
                  {},         Program::environment(), Program::statuses()};
  for (const CLI::Option* option : program.app.get_options()) {
    out.everywhere.push_back(text_of(*option, program.allowed));
  }
  for (const Command* command : Command::all()) {
    CommandText text{command->name, command->summary, command->examples, {}};
    const CLI::App& app = *program.app.get_subcommand(command->name);
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_group() != everywhere)
        text.options.push_back(text_of(*option, program.allowed));
    }
    out.commands.push_back(std::move(text));
  }
  return out;
}

}  // namespace lockstep::cli
