// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <optional>

#include "build_info.hpp"
#include "cli/frame/command.hpp"
#include "cli/frame/crash.hpp"
#include "cli/frame/data.hpp"
#include "report/suggest.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

struct Program {
  CLI::App app{"A specification, an implementation and its memory orders, held in step.",
               "lockstep"};
  Options options;
  Work work;
  std::string command;

  Program() {
    app.option_defaults()->always_capture_default(false);
    app.get_formatter()->column_width(34);
    app.get_formatter()->label("SUBCOMMAND", "COMMAND");
    add_options(app, options);
    std::vector<std::string> examples;
    for (const Command* entry : Command::all()) {
      examples.push_back(entry->examples.front());
      CLI::App* sub = app.add_subcommand(entry->name, entry->summary);
      sub->group("Commands");
      sub->footer("\nExample:\n  " + report::join(entry->examples, "\n  "));
      CommandLine line{*sub};
      Work run_it = entry->setup(line);
      add_options(*sub, options);
      take_one_value(*sub);
      sub->final_callback([this, run_it, entry] {
        command = entry->name;
        work = run_it;
      });
    }
    app.footer(
        test_command() + "\nExamples:\n  " + report::join(examples, "\n  ") + environment() +
        "\n\nExit status: 0 PASS, 1 FAIL, 2 usage or input, 3 UNKNOWN, 4 an error of Lockstep,"
        " 130 Ctrl-C");
  }

  /// An option takes the one word behind it, and no option for its value: CLI11 would hand over all
  /// words up to the next option, and any word as the first.
  static void take_one_value(CLI::App& app) {
    for (CLI::Option* option : app.get_options()) {
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

  /// The launcher's own command, where it was the launcher that called.
  static std::string test_command() {
    if (std::getenv("LOCKSTEP_LAUNCHER") == nullptr) return "";
    return "\nOf the launcher:\n  test                              "
           "builds and runs the test suite; arguments go to ctest\n";
  }
  static std::string environment() {
    std::string out =
        "\n\nEnvironment:\n"
        "  TLA2TOOLS_JAR=FILE      the TLC to use\n"
        "  LOCKSTEP_ROOT=DIR       where spec/ and traces/ stand\n"
        "  LOCKSTEP_PROTOCOLS=DIR  folders of your own protocols, where no --protocols is given;\n"
        "                          with a colon between two\n"
        "  LOCKSTEP_SCRATCH=DIR    for temporary files, instead of TMPDIR\n"
        "  COLUMNS=N               how wide tables may be";
    if (std::getenv("LOCKSTEP_LAUNCHER") == nullptr) return out;
    return out +
           "\n  LOCKSTEP_NO_INSTALL=1   never install a package\n"
           "  LOCKSTEP_BUILD_DIR=DIR  instead of build/";
  }

  std::vector<std::string> names_of_commands() const {
    std::vector<std::string> names;
    for (const Command* entry : Command::all()) names.push_back(entry->name);
    return names;
  }

  std::vector<std::string> names_of_options(const CLI::App* of) const {
    std::vector<std::string> names;
    for (const CLI::Option* option : of->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
  }
};

int usage_error(const Program& program, const CLI::ParseError& error) {
  const auto chosen = program.app.get_subcommands();
  const CLI::App* at = chosen.empty() ? &program.app : chosen.front();
  std::string what = error.what();
  const std::vector<std::string> rest = program.app.remaining(true);
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) && !rest.empty()) {
    const std::string& word = rest.front();
    if (word.starts_with("-")) {
      what = "no option " + word + report::suggestion(word, program.names_of_options(at));
    } else if (chosen.empty()) {
      what = "no command '" + word + "'" + report::suggestion(word, program.names_of_commands());
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
