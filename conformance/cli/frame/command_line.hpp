// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/frame/options.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace lockstep::cli {

/// An argument of a command, and what further holds of it. A value that is not so is an error of
/// usage, which says what was expected.
class Argument {
 public:
  Argument(CLI::Option* option, AllowedValues& allowed) : option_(option), allowed_(&allowed) {}

  Argument& required();
  /// How the help calls its value: FILE, N. A shell completes what it knows by this name
  /// (candidates.hpp).
  Argument& type_name(const std::string& name);
  /// What the help says it is where it is not given.
  Argument& default_str(const std::string& text);
  Argument& one_of(const std::vector<std::string>& values);
  /// A number from `low` to `high`, both included.
  Argument& within(std::uint64_t low, std::uint64_t high);
  /// `wrong` gives what is wrong with the text, or "".
  Argument& check(const std::function<std::string(const std::string&)>& wrong);
  /// They are not given together.
  Argument& excludes(const Argument& other);

 private:
  CLI::Option* option_;
  AllowedValues* allowed_;
};

/// What a command takes, by which it reads its arguments. This is all that a command sees of
/// CLI11, whose headers take a compiler longer than most commands do.
class CommandLine {
 public:
  CommandLine(CLI::App& app, AllowedValues& allowed) : app_(app), allowed_(allowed) {}

  /// `name` is "-o,--out" or, of one that goes by its position, "FILE". `value` outlives the
  /// reading; a list takes one value each time the option is given.
  Argument add_option(const std::string& name, std::string& value, const std::string& help);
  Argument add_option(const std::string& name, std::vector<std::string>& values,
                      const std::string& help);
  Argument add_option(const std::string& name, unsigned& value, const std::string& help);
  Argument add_option(const std::string& name, std::uint64_t& value, const std::string& help);
  Argument add_flag(const std::string& name, bool& value, const std::string& help);

 private:
  CLI::App& app_;
  AllowedValues& allowed_;
};

}  // namespace lockstep::cli
