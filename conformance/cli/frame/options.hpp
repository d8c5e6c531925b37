// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace lockstep::cli {

/// What an option may be, where few values are allowed.
using AllowedValues = std::map<const CLI::Option*, std::vector<std::string>>;

/// The group of the options that every command takes.
inline constexpr const char* everywhere = "Everywhere";

/// What every command takes.
struct Options {
  unsigned jobs = 1;                 ///< --jobs, else the processors there are
  std::optional<double> time_limit;  ///< seconds
  /// Bytes, child processes included. A model that has no end would take the machine with it.
  std::uint64_t memory_limit;
  std::string json;                    ///< file of the document, "-" for standard output
  std::vector<std::string> protocols;  ///< folders of the user's
  bool quiet = false;
  std::string color = "auto";

  Options();
  /// Is standard output the document's alone?
  bool json_only() const { return json == "-"; }
};

/// Adds them to a command (or to the program, before the command).
void add_options(CLI::App& app, Options& options, AllowedValues& allowed);

}  // namespace lockstep::cli
