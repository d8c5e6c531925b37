// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>

#include "tests/has_tlc.hpp"
#include "tests/schema.hpp"
#include "toy_root.hpp"

// Every command's --json document, and every file that is read, against its schema.
namespace lockstep::testing {

namespace {

void check_document(const Words& words, int status = 0) {
  Words with = words;
  with.insert(with.end(), {"--json", "-"});
  const Outcome outcome = toy(with);
  CAPTURE(words, outcome.err);
  CHECK(outcome.status == status);
  CHECK(misfits_of(words.front(), outcome.out) == "");
}

}  // namespace

TEST_CASE("documents fit their schemas") {
  for (const std::string what : {"protocols", "variants", "scenarios", "properties", "statements",
                                 "numbers", "questions", "sites", "models"}) {
    check_document({"list", what});
    CHECK(misfits_of("list", lockstep({"list", what, "--json", "-"}).out) == "");
  }
  check_document({"list", "automaton", "door"});
  check_document({"list", "killers", "door"});
  check_document({"explore", "door"});
  check_document({"explore", "door", "--variant", "no_look"});
  check_document({"explore", "door", "--variant", "no_look", "--spec"});
  check_document({"explore", "door", "--property", "\\A d \\in Doors : users[d] = 0"}, 1);
  check_document({"explore", "door", "--property", "AloneEnds"}, 1);  // a loop
  check_document({"compare", "door"});
  check_document({"explain", "T01"});
  check_document({"explain", "--trace", golden});
  check_document({"replay", golden, golden});
  check_document({"order", "door", "--question", "enter_or_close", "--model", "sc"});
  check_document({"prove", "door"});
  check_document({"litmus", LOCKSTEP_SOURCE_DIR "/conformance/tests/fuzz/litmus_corpus"}, 2);
  const Scratch scratch;
  const Outcome made = lockstep({"new", "mine", "--into", scratch / "locks", "--json", "-"});
  CHECK(misfits_of("new", made.out) == "");
  std::string text = text_of(golden);
  const std::size_t at = text.rfind("\"users\"");
  text.replace(text.find(", ", at) + 2, 1, "17");
  write_text(scratch / "spoilt.itf.json", text);
  check_document({"replay", golden, scratch / "spoilt.itf.json"}, 1);
}

TEST_CASE("documents of the commands that ask TLC fit their schemas", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  check_document({"check", "door"});
  check_document({"check", "door", "--variant", "no_look"});
  check_document({"compare", "door", "--judge", "tlc"});
  const std::string walk = scratch / "walk.itf.json", broken = scratch / "broken.itf.json";
  check_document({"trace", "door", "--simulate", "1", "-o", walk});
  check_document({"trace", "door", "--variant", "no_look", "-o", broken});
  for (const std::string& file : {walk, broken}) {
    CHECK(misfits_of("itf", text_of(file)) == "");
    CHECK(toy({"replay", file}).status == 0);
  }
}

TEST_CASE("check counts the states and steps that explore counts", "[java]") {
  if (!has_tlc_or_skips()) return;
  const auto counted = [](const std::string& command, const std::string& what) {
    return nlohmann::json::parse(toy({command, "door", "--json", "-"}).out).at(what);
  };
  for (const std::string what : {"states", "transitions"}) {
    CHECK(counted("check", what) == counted("explore", what));
  }
}

TEST_CASE("the golden traces fit their schema") {
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(LOCKSTEP_SOURCE_DIR "/traces")) {
    if (!entry.path().string().ends_with(".itf.json")) continue;
    CAPTURE(entry.path());
    CHECK(misfits_of("itf", text_of(entry.path().string())) == "");
  }
}

}  // namespace lockstep::testing
