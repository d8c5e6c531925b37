// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <nlohmann/json.hpp>

#include "program.hpp"
#include "tests/schema.hpp"

// `prove`: what it prints, what it refuses, how it ends.
namespace lockstep::testing {

namespace {

nlohmann::json document(Words words, int status = 0) {
  words.insert(words.begin(), {"prove", "vma_refcnt"});
  words.insert(words.end(), {"--json", "-"});
  const Outcome outcome = lockstep(words);
  INFO(outcome.err.substr(0, 500));
  REQUIRE(outcome.status == status);
  CHECK(misfits_of("prove", outcome.out) == "");
  return nlohmann::json::parse(outcome.out);
}

}  // namespace

TEST_CASE("prove: the protocol, for any number of everything") {
  const Outcome outcome = lockstep({"prove", "vma_refcnt"});
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.starts_with(
      "PROVED, any number of readers, VMAs, slots, mms and write sections; "
      "sequentially consistent\n"));
  CHECK_THAT(outcome.out, Catch::Contains("left out, no invariant shows them: Implements (refinement)"));
  CHECK_THAT(outcome.out, Catch::Contains("\nPASS, vma_refcnt holds: proved"));
}

TEST_CASE("prove: of a broken variant the edge, the conjunct, and the state before") {
  const auto broken = document({"--variant", "dup_copies_refcnt"});
  CHECK(broken["verdict"] == "NOT INDUCTIVE");
  REQUIRE(broken["failures"].size() == 1);
  const auto& failure = broken["failures"][0];
  CHECK(failure["edge"] == "Dup_CopyRefcnt -> Dup_CopyData");
  CHECK(failure["conjunct"] == "Count");
  // The count of the source is about to be copied: it is there, and the tree has the source.
  const std::string state = failure["state"];
  CHECK_THAT(state, Catch::Contains("m1 at Dup_CopyRefcnt: "));
  CHECK_THAT(state, Catch::Contains("tree[s"));
  CHECK_THAT(state, Catch::Contains("slab = \"used\""));
}

TEST_CASE("prove: what readers hold is told by the name that the specification gives it") {
  const auto broken = document({"--variant", "no_recheck"});
  std::string states;
  for (const auto& failure : broken["failures"]) states += failure["state"];
  CHECK_THAT(states, Catch::Contains("Holders(v1) = "));
}

TEST_CASE("prove: a conjunct fewer, another assumption") {
  const auto dropped = document({"--without", "Valid", "--first"}, 1);
  CHECK(dropped["verdict"] == "NOT INDUCTIVE");
  CHECK(dropped["failures"].size() == 1);
  CHECK(dropped["bounds"].get<std::string>().ends_with("; without Valid"));
  const auto unlimited = document({"--assume", "1 <= Limit /\\ Limit = Flag + 1", "--first"}, 1);
  CHECK(unlimited["assumption"] == "1 <= Limit /\\ Limit = Flag + 1");
}

TEST_CASE("prove: every way to step begins in some state of the invariant") {
  const auto guards = document({"--guards"})["guards"];
  CHECK(guards["satisfiable"] == guards["ways"]);
  CHECK(guards["ways"] > 60);
  CHECK(guards["never"].empty());
  // What is assumed cannot be: nothing begins anywhere, and nothing is hidden.
  const auto none = document({"--guards", "--assume", "Limit < Flag /\\ Flag < Limit"}, 1)["guards"];
  CHECK(none["never"].size() == none["ways"]);
}

TEST_CASE("prove: names and texts that are wrong") {
  const std::vector<std::pair<Words, std::string>> wrong{
      {{"nothing"}, "protocol 'nothing': unknown; expected one of: vma_lock, vma_refcnt"},
      {{"vma_refcnt", "--variant", "none"}, "variant 'none': unknown for vma_refcnt"},
      {{"vma_refcnt", "--without", "Nothing"}, "conjunct 'Nothing': unknown; expected one of: TypeOK"},
      {{"vma_refcnt", "--assume", "1 <= ) Limit"}, "--assume:1:6: "},
      {{"vma_refcnt", "--assume", "Limits < Flag"}, "--assume:1:1: "},
      {{"vma_refcnt", "--drop", "--guards"}, "--drop excludes --guards"},
      {{"vma_refcnt", "--drop", "--without", "Valid"}, "--without excludes --drop"},
  };
  for (const auto& [words, why] : wrong) {
    CAPTURE(words);
    Words all = words;
    all.insert(all.begin(), "prove");
    const Outcome outcome = lockstep(all);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Catch::Contains(why));
  }
  CHECK_THAT(lockstep({"prove", "--help"}).out, Catch::Contains("lockstep prove vma_refcnt"));
}

TEST_CASE("prove: a limit that is reached is UNKNOWN, Ctrl-C is not") {
  check_stopped(lockstep({"prove", "vma_refcnt", "--time-limit", "0.1"}), 3, "time limit of 0.10 s reached");
  const Outcome late = lockstep({"prove", "vma_refcnt", "--variant", "dup_copies_refcnt_unmarked",
                                 "--time-limit", "2"});
  CHECK((late.status == 3 || late.status == 0));  // as fast as the machine is
  CHECK(late.seconds < 6);
  const Scratch scratch;
  // What had been decided is said, in the document too; the verdict stays UNKNOWN.
  for (const Words& more : {Words{}, Words{"--cutoff"}}) {
    Words words{"prove", "vma_refcnt", "--time-limit", "2.5", "--json", scratch / "s.json"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome stopped = lockstep(words);
    CAPTURE(stopped.out, stopped.err);
    if (stopped.out.starts_with("PROVED")) continue;  // as fast as the machine is
    CHECK(stopped.status == 3);
    if (stopped.out.find(" of 81 ways to step; ") == std::string::npos) continue;  // or as slow
    CHECK_THAT(stopped.out, Catch::StartsWith("UNKNOWN, time limit of 2.5 s reached, done: ") &&
                                Catch::Contains(" queries to Z3 ") &&
                                Catch::EndsWith(", none failed\n"));
    const auto written = nlohmann::json::parse(text_of(scratch / "s.json"));
    CHECK(written["verdict"] == "UNKNOWN");
    CHECK_THAT(written["done"].get<std::string>(), Catch::EndsWith(", none failed"));
  }
  const Outcome guards =
      lockstep({"prove", "vma_refcnt", "--guards", "--time-limit", "0.15"});
  CAPTURE(guards.out);
  if (guards.status != 0) {
    CHECK(guards.status == 3);
    CHECK_THAT(guards.out, Catch::StartsWith("UNKNOWN, time limit of 0.15 s reached, done: "));
  }
  const Outcome ended = lockstep(
      {"prove", "vma_refcnt", "--drop", "--jobs", "1", "--json", scratch / "p.json"}, {}, 3.0);
  CHECK(ended.status == 130);
  CHECK(ended.seconds < 7);
  // A table keeps the rows that it has.
  CHECK_THAT(ended.out, Catch::Contains("not judged: interrupted") &&
                            Catch::Contains("\nUNKNOWN, 27 conjuncts"));
  CHECK(misfits_of("prove", text_of(scratch / "p.json")) == "");
  const Outcome limits = lockstep({"prove", "vma_refcnt", "--limits", "--time-limit", "0.5"});
  CHECK(limits.status == 3);
  CHECK_THAT(limits.out, Catch::Contains("not judged: time limit of 0.50 s reached"));
}

}  // namespace lockstep::testing
