// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tla/syntax.hpp"

namespace lockstep::tla {

/// Reads DIRECTORY/NAME.tla and what it EXTENDS. Throws InputError.
std::shared_ptr<const ModuleText> read_module(
    std::string_view name, const std::vector<std::filesystem::path>& directories);

/// What stands for a name at the level of a module.
struct Known {
  const ModuleText* module = nullptr;  ///< where it is declared; null: nowhere
  const Definition* definition = nullptr;
  const ModuleText::Constant* constant = nullptr;
  bool variable = false;
};
/// Its own names, and those of what it extends but for LOCAL ones.
Known find(const ModuleText& module, std::string_view name);

/// The module after all that it extends, each once.
std::vector<const ModuleText*> all_of(const ModuleText& module);

/// What the comments directly above a line of the module say, in one line.
std::string comment_above(const ModuleText& module, std::size_t line);

/// Does the module, or one that it extends, have what this standard module defines?
bool has_standard(const ModuleText& module, std::string_view standard);

}  // namespace lockstep::tla
