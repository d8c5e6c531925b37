// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/command.hpp"

#include <algorithm>

namespace lockstep::cli {
namespace {

std::vector<const Command*>& registered() {
  static std::vector<const Command*> commands;  // made before the first constant that needs it
  return commands;
}

}  // namespace

Command::Command(std::string name_, std::string summary_, std::vector<std::string> examples_,
                 Setup setup_)
    : name(std::move(name_)),
      summary(std::move(summary_)),
      examples(std::move(examples_)),
      setup(std::move(setup_)) {
  registered().push_back(this);
}

Command::~Command() {
  std::erase(registered(), this);
}

std::vector<const Command*> Command::all() {
  std::vector<const Command*> commands = registered();
  std::ranges::sort(commands, {}, &Command::name);
  return commands;
}

}  // namespace lockstep::cli
