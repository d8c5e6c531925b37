// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lockstep::cli {

/// An option or an argument of a command, as the program that reads it has it.
struct OptionText {
  std::vector<std::string> names;   ///< "-o", "--out"; none of what goes by its position
  std::string value;                ///< what its value is called: FILE; "" of a flag
  std::vector<std::string> values;  ///< all there are, where few are allowed
  std::string help, usual;          ///< `usual`: what holds where it is not given, or ""
  bool required = false, repeats = false;

  bool positional() const { return names.empty(); }
};

struct CommandText {
  std::string name, summary;
  std::vector<std::string> examples;
  std::vector<OptionText> options;  ///< its own, in their order
};

/// The whole program: what the manual page and the shells' completion are made from.
struct ProgramText {
  std::string name, version, summary;
  std::vector<CommandText> commands;
  std::vector<OptionText> everywhere;  ///< what every command takes
  std::vector<std::pair<std::string, std::string>> environment, statuses;

  const CommandText* find(const std::string& command) const;
};

/// Asks the commands, as a call of the program does.
ProgramText program_text();

}  // namespace lockstep::cli
