// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
// The frame with commands that do what commands may do wrong.
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

#include "cli/frame/command.hpp"

namespace lockstep::cli {
namespace {

Work simple(std::function<Exit(Session&)> work) {
  return work;
}

const Command pass{"pass", "ends well", {"lockstep pass --json -"}, [](CommandLine&) {
                     return simple([](Session& session) {
                       session.print("a table\n");
                       session.document({{"verdict", "PASS"}});
                       session.conclude(Verdict::pass, "2 readers, 81,402 states");
                       return Exit::pass;
                     });
                   }};

const Command fail{"fail", "ends with the verdict FAIL", {"lockstep fail"}, [](CommandLine&) {
                     return simple([](Session& session) {
                       session.conclude(Verdict::fail, "");
                       return exit_of(Verdict::fail);
                     });
                   }};

const Command input{"input", "cannot read its input", {"lockstep input"}, [](CommandLine&) {
                      return simple([](Session&) -> Exit {
                        throw InputError("a.itf.json", 3, 7, "a string; expected a number");
                      });
                    }};

const Command undecided{"undecided", "has no Java", {"lockstep undecided"}, [](CommandLine&) {
                          return simple([](Session&) -> Exit { throw Undecided("no Java"); });
                        }};

const Command broken{"broken", "is wrong itself", {"lockstep broken"}, [](CommandLine& line) {
                       auto how = std::make_shared<std::string>("throw");
                       line.add_option("HOW", *how, "throw, segv, abort or number");
                       return simple([how](Session&) -> Exit {
                         if (*how == "segv") raise(SIGSEGV);
                         if (*how == "abort") std::abort();
                         if (*how == "number") throw 1;
                         throw std::logic_error("an edge without a source");
                       });
                     }};

const Command work{"work", "works until it is stopped", {"lockstep work"}, [](CommandLine& line) {
                     auto deaf = std::make_shared<bool>(false);
                     auto eat = std::make_shared<bool>(false);
                     line.add_flag("--deaf", *deaf, "does not look whether it should stop");
                     line.add_flag("--eat", *eat, "takes more and more memory");
                     return simple([deaf, eat](Session& session) -> Exit {
                       std::vector<std::vector<char>> eaten;
                       session.progress.begin("checks", 40);
                       session.progress.finished("T01/tlc/no_look  PASS");
                       for (;;) {
                         std::this_thread::sleep_for(std::chrono::milliseconds(10));
                         if (*eat) eaten.emplace_back(std::size_t{1} << 22, 'x');
                         if (!*deaf) session.check();
                       }
                     });
                   }};

}  // namespace
}  // namespace lockstep::cli

int main(int argc, char** argv) {
  return lockstep::cli::run(argc, argv);
}
