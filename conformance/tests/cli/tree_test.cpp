// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "cli/frame/candidates.hpp"
#include "cli/frame/command.hpp"
#include "cli/frame/man.hpp"
#include "cli/frame/shells.hpp"

// What the manual page and the shells have is what the commands take, also what is added.
namespace lockstep::testing {
namespace {

using namespace cli;

Work nothing(CommandLine&) {
  return [](Session&) { return Exit::pass; };
}

std::vector<Candidate> names(const std::string& value, const Given& given) {
  if (value == "LOCK") return {{"ticket", "fair"}, {"spin", ""}};
  if (value == "TURN" && given.contains("LOCK")) return {{"turn_of_" + given.at("LOCK"), ""}};
  return {};
}

std::string asked(const std::vector<std::string>& words) {
  std::string out;
  const Candidates found = candidates(program_text(), words, names);
  for (const Candidate& one : found.words) out += (out.empty() ? "" : " ") + one.word;
  return out + (found.files ? " :files" : "") + (found.folders ? " :folders" : "");
}

TEST_CASE("a command that is added is in the manual page and in every completion") {
  CHECK(program_text().find("added") == nullptr);
  CHECK(man_page(program_text()).find("added") == std::string::npos);
  bool flag = false;
  std::string lock, turn, how, file, folder;
  std::vector<std::string> more;
  const Command added{"added", "what it does", {"lockstep added ticket"}, [&](CommandLine& line) {
                        line.add_option("LOCK", lock, "which").required();
                        line.add_option("FILE", more, "what to read");
                        line.add_flag("--brand-new", flag, "an option that is \\ new");
                        line.add_option("--turn", turn, "a turn").type_name("TURN");
                        line.add_option("--how", how, "how").one_of({"well", "badly"});
                        line.add_option("-o,--out", file, "a file").type_name("FILE");
                        line.add_option("--into", folder, "a folder").type_name("DIR");
                        return nothing(line);
                      }};
  const std::string page = man_page(program_text());
  for (const std::string text : {"\\fBlockstep added\\fR \\fILOCK\\fR", "\\fB\\-\\-brand\\-new\\fR",
                                 "an option that is \\e new", "One of: well, badly.",
                                 "\\fB\\-o\\fR, \\fB\\-\\-out\\fR \\fIFILE\\fR"}) {
    CAPTURE(text);
    CHECK(page.find(text) != std::string::npos);
  }
  CHECK(asked({"add"}) == "added");
  CHECK(asked({"added", ""}) == "ticket spin");
  CHECK(asked({"added", "t"}) == "ticket");
  CHECK(asked({"added", "ticket", ""}) == " :files");
  CHECK(asked({"added", "ticket", "one", ""}) == " :files");
  CHECK(asked({"added", "--b"}) == "--brand-new");
  CHECK(asked({"added", "--brand-new", "s"}) == "spin");
  CHECK(asked({"added", "--how", ""}) == "well badly");
  CHECK(asked({"added", "--how=b"}) == "--how=badly");
  CHECK(asked({"added", "ticket", "--turn", ""}) == "turn_of_ticket");
  CHECK(asked({"added", "--how", "well", "spin", "--turn="}) == "--turn=turn_of_spin");
  CHECK(asked({"added", "--", "s"}) == "spin");
  CHECK(asked({"added", "-o", ""}) == " :files");
  CHECK(asked({"added", "--into", ""}) == " :folders");
  CHECK(asked({"added", "--jo"}) == "--jobs");
  CHECK(asked({"added", "--color", "a"}) == "auto always");
  CHECK(asked({"--color", "never", "add"}) == "added");
  CHECK(asked({"not_there", ""}).empty());
}

TEST_CASE("a line of a shell has no tab and no line feed of its own") {
  const Candidates found{{{"a", "two\nlines\tand a tab"}}, true, true};
  CHECK(candidate_lines(found) == "a\ttwo lines and a tab\n:files\n:folders\n");
}

}  // namespace
}  // namespace lockstep::testing
