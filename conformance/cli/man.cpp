// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/frame/man.hpp"
#include <nlohmann/json.hpp>

#include "cli/frame/command.hpp"

namespace lockstep::cli {
namespace {

const Command man{"man",
                  "the manual page of all commands, as man(1) reads it",
                  {"lockstep man | man -l -"},
                  [](CommandLine&) {
                    return Work([](Session& session) {
                      const std::string page = man_page(program_text());
                      session.print(page);
                      session.document({{"page", page}});
                      return Exit::pass;
                    });
                  }};

}  // namespace
}  // namespace lockstep::cli
