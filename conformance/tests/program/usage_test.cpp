// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "report/text.hpp"
#include "tests/schema.hpp"
#include "toy_root.hpp"

// Names that do not exist, and limits that are reached: one line that says what was expected.
namespace lockstep::testing {

TEST_CASE("what does not exist is named, with what there is") {
  const Scratch scratch;
  const std::string out = scratch / "out.itf.json";
  const std::vector<std::pair<Words, std::string>> wrong{
      {{"check", "nothing"}, "protocol 'nothing': unknown; expected one of: door"},
      {{"compare", "nothing"}, "protocol 'nothing'"},
      {{"explore", "nothing"}, "protocol 'nothing'"},
      {{"order", "nothing"}, "protocol 'nothing'"},
      {{"trace", "nothing", "-o", out, "--cover", "edges"}, "protocol 'nothing'"},
      {{"list", "automaton", "nothing"}, "protocol 'nothing'"},
      {{"verify", "--protocol", "nothing"}, "protocol 'nothing'"},
      {{"explore", "door", "--size", "2x2x2"}, "size '2x2x2': door has 1 or 2 counts"},
      {{"explore", "door", "--size", "0x1"}, "expected 1 to 9, as in 2"},
      {{"explore", "door", "--size", "1x1,depth=x"}, "'x' is no count"},
      {{"check", "door", "--size", "1x2,depth=2"}, "no number of door; expected one of: Readers"},
      {{"check", "door", "--variant", "none"}, "variant 'none': unknown for door"},
      {{"compare", "door", "--variant", "none"}, "variant 'none'"},
      {{"explore", "door", "--variant", "none"}, "expected one of: holds, no_look"},
      {{"trace", "door", "-o", out, "--variant", "none"}, "variant 'none'"},
      {{"explain", "S99"}, "scenario 'S99': unknown"},
      {{"explain", "T01", "--variant", "none"}, "expected one of: no_look"},
      {{"explain"}, "needs one of a scenario and --trace FILE"},
      {{"verify", "--scenario", "S99"}, "scenario 'S99': unknown"},
      {{"trace", "door", "-o", out, "--scenario", "S99"}, "scenario 'S99': unknown"},
      {{"trace", "door", "-o", out}, "needs to know which"},
      {{"trace", "door", "-o", scratch / "no/such", "--scenario", "T01"}, "no/such"},
      {{"order", "door", "--question", "none"}, "question 'none': unknown"},
      {{"order", "door", "--model", "none"}, "none: no such memory model"},
      {{"order", "door", "--weaken", "Nowhere=once"}, "has no site 'Nowhere'"},
      {{"order", "door", "--weaken", "Leave=weakest"}, "weakest"},
      {{"order", "door", "--question", "enter_or_close", "--weaken", "Leave=once"},
       "no question that is asked meets Leave: its order changes nothing"},
      {{"trace", "door", "-o", out, "--simulate", "-1"}, "--simulate"},
      {{"trace", "door", "-o", out, "--simulate", "0"}, "--simulate"},
      {{"trace", "door", "-o", out, "--simulate", "1", "--depth", "-1"}, "--depth"},
      {{"trace", "door", "-o", out, "--simulate", "1", "--seed", "-1"}, "--seed"},
      {{"check", "door", "--workers", "-1"}, "--workers"},
      {{"explore", "door", "--time-limit", "-1"}, "--time-limit: '-1' is no number above 0"},
      {{"explore", "door", "--memory-limit", "0"}, "--memory-limit: '0' is no number above 0"},
      {{"list", "variants", "nothing"}, "protocol 'nothing': unknown; expected one of: door"},
      {{"list", "sites", "door"}, "list sites: takes no protocol"},
      {{"list", "sites", "--dot"}, "--dot: is for `list automaton`"},
      {{"list", "nothing"}, "not in {protocols,"},
      {{"explore", "door", "--json", scratch / "no/such"}, "no/such: cannot be written"},
  };
  for (const auto& [words, why] : wrong) {
    CAPTURE(words);
    check_refused(toy(words), 2, why);
  }
  CHECK(text_of(out).empty());
}

TEST_CASE("a root that is not there, or holds no manifest, is named") {
  const Scratch scratch;
  check_refused(toy({"list"}, {"LOCKSTEP_ROOT=" + (scratch / "none")}), 2,
                "LOCKSTEP_ROOT: no such directory");
  check_refused(toy({"list"}, {"LOCKSTEP_ROOT=" + (scratch / "")}), 2,
                "scenarios.json: cannot be read");
}

TEST_CASE("a place that is not as it should be is the user's, not an error of ours") {
  const Scratch scratch;
  check_refused(toy({"check", "door", "--size", "1x1"}, {"TMPDIR=" + (scratch / "none")}), 2,
                "none' is no directory; expected one for temporary files");
  check_refused(toy({"explore", "door", "--size", "1x1"}, {"TMPDIR=" + (scratch / "none")}), 2,
                "TMPDIR: ");
  std::filesystem::create_directory(scratch / "tests");
  std::filesystem::create_symlink("loop.litmus", scratch / "tests/loop.litmus");
  check_refused(toy({"litmus", scratch / "tests"}), 2,
                "loop.litmus: cannot be read: Too many levels of symbolic links");
  std::filesystem::create_directories(scratch / "locked/in");
  chmod((scratch / "locked/in").c_str(), 0);
  if (access((scratch / "locked/in").c_str(), R_OK) != 0) {  // not so for root
    check_refused(toy({"litmus", scratch / "locked"}), 2,
                  "locked/in: cannot be read: Permission denied");
  }
  std::filesystem::remove(scratch / "tests/loop.litmus");
  chmod((scratch / "locked/in").c_str(), 0700);
  std::filesystem::create_symlink("loop.litmus", scratch / "tests/loop.litmus");
  check_refused(toy({"litmus", scratch / "tests/loop.litmus"}), 2,
                "loop.litmus: Too many levels of symbolic links");
  check_refused(toy({"replay", scratch / "tests/loop.litmus"}), 2, "loop.litmus: cannot be read");
}

TEST_CASE("a limit that is reached: status 3, and what had been done") {
  const auto [protocol, size] = largest();
  const Words huge{"explore", protocol, "--size", size};
  Words timed = huge, small = huge;
  timed.insert(timed.end(), {"--time-limit", "0.5"});
  // What had been done is a verdict too, and a document: UNKNOWN, with the reason.
  const auto check_both = [](const Words& words, const std::string& why) {
    const Outcome outcome = lockstep(words);
    CAPTURE(words, outcome.out, outcome.err);
    CHECK(outcome.status == 3);
    CHECK(outcome.seconds < 5);
    CHECK_THAT(outcome.err, Catch::StartsWith("lockstep: " + why + ", done: "));
    CHECK_THAT(outcome.out, Catch::StartsWith("UNKNOWN, " + why + ", done: ") &&
                                Catch::Contains(" states, ") &&
                                Catch::Contains(" transitions; nothing is wrong within ") &&
                                Catch::Contains(" are still to be looked at"));
    Words with = words;
    with.insert(with.end(), {"--json", "-"});
    const Outcome document = lockstep(with);
    CHECK(document.status == 3);
    CHECK(misfits_of("unfinished", document.out) == "");
  };
  check_both(timed, "time limit of 0.50 s reached");
  small.insert(small.end(), {"--memory-limit", "40M"});
  check_both(small, "memory limit of 41,943,040 bytes reached");
  const Outcome no_java = toy({"check", "door", "--json", "-"}, {"PATH=/nowhere", "JAVA_HOME="});
  CHECK(no_java.status == 3);
  CHECK(misfits_of("unfinished", no_java.out) == "");
}

TEST_CASE("verify and litmus that are stopped keep the rows that were decided") {
  const Scratch scratch;
  const Words verify{"verify", "--protocol", "vma_refcnt", "--quick",
                     "--jobs", "1",          "--json",     scratch / "v.json"};
  const Words no_java{"PATH=/nowhere", "JAVA_HOME="};
  const auto document = [&] { return nlohmann::json::parse(text_of(scratch / "v.json")); };
  const auto count = [&](const std::string& verdict) {
    return std::ranges::count_if(document()["checks"],
                                 [&](const auto& c) { return c["verdict"] == verdict; });
  };
  const auto decided_some = [&](const Outcome&) { return count("PASS") > 0; };
  const auto check_stopped = [&](const Outcome& outcome, int status, const std::string& why) {
    CAPTURE(outcome.out, outcome.err);
    CHECK(outcome.status == status);
    CHECK_THAT(outcome.out, Catch::Contains("not done: " + why) &&
                                Catch::Contains("checks as expected, ") &&
                                Catch::Contains("\nUNKNOWN, "));
    CHECK(misfits_of("verify", text_of(scratch / "v.json")) == "");
    CHECK(document()["verdict"] == "UNKNOWN");
    CHECK(count("PASS") > 0);
    CHECK(count("UNKNOWN") > 0);
  };
  const auto limited = [&](double seconds) {
    Words with = verify;
    with.insert(with.end(), {"--time-limit", std::to_string(seconds)});
    return lockstep(with, no_java);
  };
  double limit = 4;
  const Outcome late = stopped_midway(limit, limited, decided_some);
  CHECK(late.seconds < limit + 5);
  check_stopped(late, 3, "time limit of " + report::seconds(limit) + " reached");
  std::filesystem::remove(scratch / "v.json");
  const auto interrupted = [&](double seconds) { return lockstep(verify, no_java, seconds); };
  double until = 3;
  check_stopped(stopped_midway(until, interrupted, decided_some), 130, "interrupted");
  // So many tests that the limit comes before their end.
  std::filesystem::create_directory(scratch / "tests");
  for (int i = 1000; i < 5000; ++i) {
    write_text(scratch / ("tests/" + std::to_string(i) + ".litmus"),
               "C SB\n{}\nP0(int *x, int *y) { int r0; WRITE_ONCE(*x, 1); r0 = READ_ONCE(*y); }\n"
               "P1(int *x, int *y) { int r0; WRITE_ONCE(*y, 1); r0 = READ_ONCE(*x); }\n"
               "exists (0:r0=0 /\\ 1:r0=0)\n");
  }
  double brief = 0.2;
  const Outcome litmus = stopped_midway(
      brief,
      [&](double seconds) {
        return lockstep({"litmus", scratch / "tests", "--jobs", "1", "--model", "lkmm", "--model",
                         "armv8", "--time-limit", std::to_string(seconds), "--json",
                         scratch / "l.json"});
      },
      [](const Outcome& got) { return got.out.find("Sometimes") != std::string::npos; });
  CAPTURE(litmus.out.substr(0, 300), litmus.err);
  CHECK(litmus.status == 3);
  CHECK_THAT(litmus.out, Catch::Contains("Sometimes") &&
                             Catch::Contains("not judged: time limit of " + report::seconds(brief) +
                                             " reached") &&
                             Catch::Contains("\nUNKNOWN, "));
  CHECK(misfits_of("litmus", text_of(scratch / "l.json")) == "");
}

}  // namespace lockstep::testing
