// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <new>
#include <optional>

#include "cli/frame/crash.hpp"
#include "cli/frame/data.hpp"
#include "cli/frame/program.hpp"
#include "report/suggest.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

std::vector<std::string> names_of_commands() {
  std::vector<std::string> names;
  for (const Command* entry : Command::all()) names.push_back(entry->name);
  return names;
}

std::vector<std::string> names_of_options(const CLI::App* of) {
  std::vector<std::string> names;
  for (const CLI::Option* option : of->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

int usage_error(const Program& program, const CLI::ParseError& error) {
  const auto chosen = program.app.get_subcommands();
  const CLI::App* at = chosen.empty() ? &program.app : chosen.front();
  std::string what = error.what();
  const std::vector<std::string> rest = program.app.remaining(true);
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) && !rest.empty()) {
    const std::string& word = rest.front();
    if (word.starts_with("-")) {
      what = "no option " + word + report::suggestion(word, names_of_options(at));
    } else if (chosen.empty()) {
      what = "no command '" + word + "'" + report::suggestion(word, names_of_commands());
    } else {
      what = "one argument too many: '" + word + "'";
      // Elsewhere a protocol is the argument; verify takes several.
      if (at->get_option_no_throw("--protocol") != nullptr) what += "; expected --protocol " + word;
    }
  }
  const std::string name = chosen.empty() ? "lockstep" : "lockstep " + at->get_name();
  fmt::print(stderr, "{}: {}; see {} --help\n", name, report::printable(what), name);
  return static_cast<int>(Exit::input);
}

/// What could not be decided, in the document too.
Exit undecided(std::optional<Session>& session, const std::string& why) {
  fmt::print(stderr, "lockstep: UNKNOWN: {}\n", report::printable(why));
  try {
    if (session) session->unfinished(why, session->progress.so_far());
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
  }
  return Exit::unknown;
}

/// Runs the command; the one place where an exception becomes a status.
Exit perform(const Program& program, const std::string& command) {
  std::optional<Session> session;
  const auto hide = [&] {
    if (session) session->progress.hide();
  };
  try {
    session.emplace(program.options);
    const Exit status = program.work(*session);
    if (std::fflush(stdout) != 0) throw InputError("standard output", 0, 0, "cannot be written");
    return status;
  } catch (const InputError& error) {
    hide();
    fmt::print(stderr, "{}\n", report::printable(error.what()));
    return Exit::input;
  } catch (const Undecided& error) {
    hide();
    if (session && session->stop_reason() != StopReason::none) return session->say_stopped();
    return undecided(session, error.what());
  } catch (const Interrupted&) {
    hide();
    if (session) return session->say_stopped();
    return Exit::interrupted;
  } catch (const std::filesystem::filesystem_error& error) {
    // A file or a directory that is not as it should be is never Lockstep's own error.
    hide();
    const std::string path = error.path1().string();
    fmt::print(stderr, "{}: {}\n", path.empty() ? "file system" : path, error.code().message());
    return Exit::input;
  } catch (const std::bad_alloc&) {
    hide();
    return undecided(session, "out of memory");
  } catch (const std::exception& error) {
    hide();
    fmt::print(stderr, "{}", report_wanted(error.what(), command));
  } catch (...) {
    hide();
    fmt::print(stderr, "{}", report_wanted("something was thrown that has no name", command));
  }
  return Exit::internal;
}

}  // namespace

int run(int argc, const char* const* argv) {
  const std::string command = command_line(argc, argv);
  report_crashes(command);
  Program program;
  try {
    program.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.app.exit(error);
    return usage_error(program, error);
  }
  if (!program.work) {
    fmt::print(stderr, "lockstep: a command is expected; see lockstep --help\n");
    return static_cast<int>(Exit::input);
  }
  use_protocol_folders(program.options.protocols);
  return static_cast<int>(perform(program, command));
}

}  // namespace lockstep::cli
