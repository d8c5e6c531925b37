// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/options.hpp"

#include <sched.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "build_info.hpp"
#include "cli/frame/memory.hpp"

namespace lockstep::cli {
namespace {

/// The processors that this process may use, which in a container are fewer than there are.
unsigned processors() {
  cpu_set_t set;
  const int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return static_cast<unsigned>(std::max(count, 1));
}

/// CLI11's own says the bounds of what a number may be, in 309 digits.
CLI::Validator above_zero() {
  return {[](const std::string& text) {
            double value = 0;
            const bool good = CLI::detail::lexical_cast(text, value) && value > 0;
            return good ? std::string{} : "'" + text + "' is no number above 0";
          },
          ""};
}

/// `--json a.litmus b.litmus`: the document would take the place of a test.
CLI::Validator no_input() {
  return {[](std::string& file) {
            const bool input = file.ends_with(".litmus") || file.ends_with(".tla");
            return input ? "'" + file + "' is a file to read; expected one to write"
                         : std::string{};
          },
          ""};
}

}  // namespace

Options::Options() : jobs(processors()), memory_limit(memory_there_is() / 4 * 3) {}

void add_options(CLI::App& app, Options& options, AllowedValues& allowed) {
  const char* group = everywhere;
  app.set_help_flag("-h,--help", "print this help")->group(group);
  app.set_version_flag("--version", "lockstep " LOCKSTEP_VERSION, "print the version")
      ->group(group);
  app.add_option("-j,--jobs", options.jobs, "how much to do at once (default: the processors)")
      ->check(CLI::Range(1U, 1024U).description(""))
      ->type_name("N")
      ->group(group);
  app.add_option("--time-limit", options.time_limit, "stop then, undecided: status 3")
      ->check(above_zero())
      ->type_name("SECONDS")
      ->group(group);
  app.add_option("--memory-limit", options.memory_limit,
                 "the same; 2G, 500M are understood (default: three quarters of the machine's)")
      ->transform(CLI::AsSizeValue(false).description(""))
      ->check(above_zero())
      ->type_name("BYTES")
      ->group(group);
  app.add_option("--json", options.json, "write the document there; - is standard output")
      ->check(no_input())
      ->type_name("FILE")
      ->group(group);
  app.add_option("--protocols", options.protocols,
                 "a folder of your own protocols, as `lockstep new` makes it; may be given several "
                 "times")
      ->allow_extra_args(false)
      ->type_name("DIR")
      ->group(group);
  app.add_flag("-q,--quiet", options.quiet, "print the last line only")->group(group);
  const std::vector<std::string> colors{"auto", "always", "never"};
  CLI::Option* color =
      app.add_option("--color", options.color, "auto, always or never (default: auto)")
          ->check(CLI::IsMember(colors).description(""))
          ->type_name("WHEN")
          ->group(group);
  allowed[color] = colors;
}

}  // namespace lockstep::cli
