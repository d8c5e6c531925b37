// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/frame/command.hpp"
#include "cli/frame/options.hpp"

namespace lockstep::cli {

/// All commands with their options, as CLI11 reads them.
struct Program {
  CLI::App app{summary(), "lockstep"};
  AllowedValues allowed;
  Options options;
  Work work;  ///< of the command that was read
  std::string command;

  Program();
  Program(const Program&) = delete;  // CLI11 knows where its members are
  Program& operator=(const Program&) = delete;

  static std::string summary();
  /// Each variable with what it is for; those of the launcher where it was the launcher that
  /// called.
  static std::vector<std::pair<std::string, std::string>> environment();
  static std::vector<std::pair<std::string, std::string>> statuses();
};

/// Where it is set, the launcher called: the command `test` and more variables are its own.
bool launcher_called();
/// What the launcher's own command does.
inline constexpr std::string_view test_summary =
    "builds and runs the test suite; arguments go to ctest";

}  // namespace lockstep::cli
