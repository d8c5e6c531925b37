// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <cstdlib>

#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/frame/program.hpp"
#include "cli/frame/shells.hpp"
#include "cli/names.hpp"

namespace lockstep::cli {
namespace {

struct Arguments {
  std::string shell;
  std::vector<std::string> words;
};

Exit completion_work(Session& session, const Arguments& arguments) {
  if (arguments.shell != "candidates") {
    if (!arguments.words.empty()) {
      throw InputError("completion " + arguments.shell, 0, 0,
                       "takes no words; expected `completion candidates -- WORD...`");
    }
    const std::string script = completion_script(arguments.shell);
    session.print(script);
    session.document({{"script", script}});
    return Exit::pass;
  }
  ProgramText program = program_text();
  if (launcher_called()) {
    program.commands.push_back({"test", std::string{test_summary}, {}, {}});
  }
  const Candidates found = candidates(program, arguments.words, names_there_are);
  session.print(candidate_lines(found));
  report::Json words = report::Json::array();
  for (const Candidate& one : found.words)
    words.push_back({{"word", one.word}, {"help", one.help}});
  session.document({{"candidates", words}, {"files", found.files}, {"folders", found.folders}});
  return Exit::pass;
}

const Command completion{
    "completion",
    "the text by which a shell completes the words of a call",
    {"lockstep completion bash > ~/.local/share/bash-completion/completions/lockstep",
     "lockstep completion candidates -- verify --pro"},
    [](CommandLine& line) {
      auto a = std::make_shared<Arguments>();
      std::vector<std::string> of = shells();
      of.emplace_back("candidates");
      line.add_option("SHELL", a->shell,
                      "bash, zsh, fish; or candidates: what may stand for the last word")
          .required()
          .one_of(of);
      line.add_option("WORD", a->words, "of candidates: what is typed behind the program's name");
      return Work([a](Session& session) { return completion_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
