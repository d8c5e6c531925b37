// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <sys/stat.h>

#include <filesystem>

#include "program.hpp"

// Names that do not exist, and limits that are reached: one line that says what was expected.
namespace lockstep::testing {

TEST_CASE("what does not exist is named, with what there is") {
  const Scratch scratch;
  const std::string out = scratch / "out.itf.json";
  const std::vector<std::pair<Words, std::string>> wrong{
      {{"check", "nothing"}, "protocol 'nothing': unknown; expected one of: vma_refcnt"},
      {{"compare", "nothing"}, "protocol 'nothing'"},
      {{"explore", "nothing"}, "protocol 'nothing'"},
      {{"order", "nothing"}, "protocol 'nothing'"},
      {{"trace", "nothing", "-o", out, "--cover", "edges"}, "protocol 'nothing'"},
      {{"list", "automaton", "nothing"}, "protocol 'nothing'"},
      {{"verify", "--protocol", "nothing"}, "protocol 'nothing'"},
      {{"explore", "vma_refcnt", "--size", "2x2"}, "size '2x2': vma_refcnt has 3 or 4 counts"},
      {{"explore", "vma_refcnt", "--size", "0x1x1"}, "expected 1 to 9, as in 2x2x2"},
      {{"explore", "vma_refcnt", "--size", "1x1x1,limit=x"}, "'x' is no count"},
      {{"check", "vma_refcnt", "--size", "1x2x2,depth=2"}, "expected limit=N or sections=N"},
      {{"check", "vma_refcnt", "--variant", "none"}, "variant 'none': unknown for vma_refcnt"},
      {{"compare", "vma_refcnt", "--variant", "none"}, "variant 'none'"},
      {{"explore", "vma_refcnt", "--variant", "none"}, "expected one of: dup_two_copies"},
      {{"trace", "vma_refcnt", "-o", out, "--variant", "none"}, "variant 'none'"},
      {{"explain", "S99"}, "scenario 'S99': unknown"},
      {{"explain", "S39", "--variant", "none"}, "expected one of: dup_copies_refcnt"},
      {{"explain"}, "needs one of a scenario and --trace FILE"},
      {{"verify", "--scenario", "S99"}, "scenario 'S99': unknown"},
      {{"trace", "vma_refcnt", "-o", out, "--scenario", "S99"}, "scenario 'S99': unknown"},
      {{"trace", "vma_refcnt", "-o", out}, "needs to know which"},
      {{"trace", "vma_refcnt", "-o", scratch / "no/such", "--scenario", "S39"}, "no/such"},
      {{"order", "vma_refcnt", "--question", "none"}, "question 'none': unknown"},
      {{"order", "vma_refcnt", "--model", "none"}, "none: no such memory model"},
      {{"order", "vma_refcnt", "--weaken", "Nowhere=once"}, "has no site 'Nowhere'"},
      {{"order", "vma_refcnt", "--weaken", "Put_Dec=weakest"}, "weakest"},
      {{"trace", "vma_refcnt", "-o", out, "--simulate", "-1"}, "--simulate"},
      {{"trace", "vma_refcnt", "-o", out, "--simulate", "0"}, "--simulate"},
      {{"trace", "vma_refcnt", "-o", out, "--simulate", "1", "--depth", "-1"}, "--depth"},
      {{"trace", "vma_refcnt", "-o", out, "--simulate", "1", "--seed", "-1"}, "--seed"},
      {{"check", "vma_refcnt", "--workers", "-1"}, "--workers"},
      {{"list", "nothing"}, "not in {protocols,"},
      {{"explore", "vma_refcnt", "--json", scratch / "no/such"}, "no/such: cannot be written"},
  };
  for (const auto& [words, why] : wrong) {
    CAPTURE(words);
    check_refused(lockstep(words), 2, why);
  }
  CHECK(text_of(out).empty());
}

TEST_CASE("a root that is not there, or holds no manifest, is named") {
  const Scratch scratch;
  check_refused(lockstep({"list"}, {"LOCKSTEP_ROOT=" + (scratch / "none")}), 2,
                "LOCKSTEP_ROOT: no such directory");
  check_refused(lockstep({"list"}, {"LOCKSTEP_ROOT=" + (scratch / "")}), 2,
                "scenarios.json: cannot be read");
}

TEST_CASE("a place that is not as it should be is the user's, not an error of ours") {
  const Scratch scratch;
  check_refused(lockstep({"check", "vma_refcnt", "--size", "1x1x1"}, {"TMPDIR=" + (scratch / "none")}),
                2, "none' is no directory; expected one for temporary files");
  check_refused(lockstep({"explore", "vma_refcnt", "--size", "1x1x1"}, {"TMPDIR=" + (scratch / "none")}),
                2, "TMPDIR: ");
  std::filesystem::create_directory(scratch / "tests");
  std::filesystem::create_symlink("loop.litmus", scratch / "tests/loop.litmus");
  check_refused(lockstep({"litmus", scratch / "tests"}), 2,
                "loop.litmus: cannot be read: Too many levels of symbolic links");
  std::filesystem::create_directories(scratch / "locked/in");
  chmod((scratch / "locked/in").c_str(), 0);
  if (access((scratch / "locked/in").c_str(), R_OK) != 0) {  // not so for root
    check_refused(lockstep({"litmus", scratch / "locked"}), 2,
                  "locked/in: cannot be read: Permission denied");
  }
  std::filesystem::remove(scratch / "tests/loop.litmus");
  chmod((scratch / "locked/in").c_str(), 0700);
  std::filesystem::create_symlink("loop.litmus", scratch / "tests/loop.litmus");
  check_refused(lockstep({"litmus", scratch / "tests/loop.litmus"}), 2,
                "loop.litmus: Too many levels of symbolic links");
  check_refused(lockstep({"replay", scratch / "tests/loop.litmus"}), 2, "loop.litmus: cannot be read");
}

TEST_CASE("a limit that is reached: status 3, and what had been done") {
  const Words huge{"explore", "vma_refcnt", "--size", "3x2x2"};
  Words timed = huge, small = huge;
  timed.insert(timed.end(), {"--time-limit", "0.5"});
  const Outcome late = lockstep(timed);
  check_refused(late, 3, "time limit of 0.50 s reached, done: ");
  CHECK(late.seconds < 5);
  small.insert(small.end(), {"--memory-limit", "40M"});
  check_refused(lockstep(small), 3, "memory limit of 41,943,040 bytes reached, done: ");
}

}  // namespace lockstep::testing
