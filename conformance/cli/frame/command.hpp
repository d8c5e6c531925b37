// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/frame/command_line.hpp"
#include "cli/frame/session.hpp"

namespace lockstep::cli {

/// What a command does once its arguments are read. Errors are exceptions: InputError,
/// Undecided, Interrupted; anything else is an error of Lockstep itself.
using Work = std::function<Exit(Session&)>;

/// One command of the program. A file of cli/ defines one as a constant, and that is all: it
/// registers itself, and the help lists it. The first line has this form, which the launcher reads
/// too when there is no program yet:
///
///     const Command explore{"explore", "all interleavings of the stepped reference, without Java",
///                           {"lockstep explore vma_refcnt --size 2x2x2"}, [](CommandLine& line) {
///       auto arguments = std::make_shared<Arguments>();
///       line.add_option("PROTOCOL", arguments->protocol, "its name").required();
///       return Work([arguments](Session& session) { ...; return exit_of(verdict); });
///     }};
class Command {
 public:
  using Setup = std::function<Work(CommandLine&)>;
  Command(std::string name, std::string summary, std::vector<std::string> examples, Setup setup);
  ~Command();
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  const std::string name;
  const std::string summary;
  const std::vector<std::string> examples;  ///< at least one, complete lines
  const Setup setup;  ///< adds the arguments, gives what runs when they have been read

  /// All of them, by name.
  static std::vector<const Command*> all();
};

/// The program: reads the arguments, runs the command, gives the exit status.
int run(int argc, const char* const* argv);

}  // namespace lockstep::cli
