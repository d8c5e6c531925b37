// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>

#include "program.hpp"
#include "tests/has_tlc.hpp"
#include "tests/schema.hpp"

// Every command's --json document, and every file that is read, against its schema.
namespace lockstep::testing {

namespace {

void check_document(const Words& words, int status = 0) {
  Words with = words;
  with.insert(with.end(), {"--json", "-"});
  const Outcome outcome = lockstep(with);
  CAPTURE(words, outcome.err);
  CHECK(outcome.status == status);
  CHECK(misfits_of(words.front(), outcome.out) == "");
}

}  // namespace

TEST_CASE("documents fit their schemas") {
  for (const std::string what :
       {"protocols", "variants", "scenarios", "properties", "questions", "sites", "models"}) {
    check_document({"list", what});
  }
  check_document({"list", "automaton", "vma_refcnt"});
  check_document({"explore", "vma_refcnt", "--size", "1x1x1"});
  check_document({"explore", "vma_refcnt", "--variant", "no_recheck"});
  check_document({"explore", "vma_refcnt", "--variant", "no_recheck", "--spec"});
  check_document({"explore", "vma_refcnt", "--variant", "retries_write_locked"});
  check_document({"compare", "vma_refcnt", "--size", "1x1x1"});
  check_document({"explain", "S39"});
  check_document({"explain", "--trace", golden});
  check_document({"replay", golden, golden});
  check_document({"order", "vma_refcnt", "--question", "C1", "--model", "sc"});
  check_document({"prove", "vma_refcnt"});
  check_document({"litmus", LOCKSTEP_SOURCE_DIR "/conformance/tests/fuzz/litmus_corpus"}, 2);
  const Scratch scratch;
  std::string text = text_of(golden);
  const std::size_t at = text.rfind("\"vm_refcnt\"");
  text.replace(text.find(", ", at) + 2, 2, "17");
  write_text(scratch / "spoilt.itf.json", text);
  check_document({"replay", golden, scratch / "spoilt.itf.json"}, 1);
}

TEST_CASE("documents of the commands that ask TLC fit their schemas", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  check_document({"check", "vma_refcnt", "--size", "1x1x1"});
  check_document({"check", "vma_refcnt", "--variant", "no_recheck", "--size", "1x1x1"});
  check_document({"check", "vma_refcnt", "--variant", "retries_write_locked", "--size", "1x1x1"});
  check_document({"compare", "vma_refcnt", "--size", "1x1x1", "--judge", "tlc"});
  const std::string walk = scratch / "walk.itf.json", broken = scratch / "broken.itf.json";
  check_document({"trace", "vma_refcnt", "--size", "1x1x1", "--simulate", "1", "-o", walk});
  check_document({"trace", "vma_refcnt", "--variant", "attach_unmarked", "-o", broken});
  for (const std::string& file : {walk, broken}) {
    CHECK(misfits_of("itf", text_of(file)) == "");
    CHECK(lockstep({"replay", file}).status == 0);
  }
}

TEST_CASE("the golden traces fit their schema") {
  for (const auto& entry :
       std::filesystem::directory_iterator(LOCKSTEP_SOURCE_DIR "/traces/vma_refcnt")) {
    CAPTURE(entry.path());
    CHECK(misfits_of("itf", text_of(entry.path().string())) == "");
  }
}

}  // namespace lockstep::testing
