// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>
#include <future>

#include "program.hpp"
#include "tests/has_tlc.hpp"
#include "tests/schema.hpp"

// Ctrl-C, and two at once.
namespace lockstep::testing {

namespace {

namespace fs = std::filesystem;

/// Processes that work in a directory or below it.
int processes_in(const fs::path& root) {
  int count = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
    const fs::path where = fs::read_symlink(entry.path() / "cwd", ignored);
    if (!ignored && where.string().starts_with(root.string())) ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("Ctrl-C ends TLC too: status 130, no process and no file left", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  const std::string work = scratch / "work";
  auto watched = std::async(std::launch::async, [&work] {
    int most = 0;
    for (int i = 0; i < 30; ++i) {
      most = std::max(most, processes_in(work));
      usleep(100'000);
    }
    return most;
  });
  const Outcome outcome =
      lockstep({"check", "vma_refcnt", "--size", "2x2x2", "--json", scratch / "check.json"},
               {"LOCKSTEP_SCRATCH=" + work}, 2.5);
  CHECK(outcome.status == 130);
  CHECK(outcome.out == "UNKNOWN, " + outcome.err.substr(std::string_view{"lockstep: "}.size()));
  CHECK(outcome.seconds < 2.5 + 3);
  CHECK(watched.get() == 1);  // else it was interrupted before TLC ran, and nothing was shown
  CHECK(processes_in(work) == 0);
  CHECK(fs::is_empty(work));
  CHECK(misfits_of("unfinished", text_of(scratch / "check.json")) == "");
}

TEST_CASE("Ctrl-C ends the explorer, verify and a trace that is being written") {
  const Scratch scratch;
  const Outcome explored = lockstep({"explore", "vma_refcnt", "--size", "3x2x2"}, {}, 0.5);
  CHECK(explored.status == 130);
  CHECK_THAT(explored.err, Catch::StartsWith("lockstep: interrupted, done: "));
  CHECK_THAT(explored.out, Catch::StartsWith("UNKNOWN, interrupted, done: "));
  if (!has_tlc_or_skips()) return;
  const std::string out = scratch / "trace.itf.json";
  const Words verify{"verify", "--protocol", "vma_refcnt"};
  const Words trace{"trace", "vma_refcnt", "--size", "2x2x2", "--cover", "edges", "-o", out};
  for (const Words& words : {verify, trace}) {
    CAPTURE(words);
    const Outcome outcome = lockstep(words, {"LOCKSTEP_SCRATCH=" + (scratch / "work")}, 1.5);
    CHECK(outcome.status == 130);
    CHECK_THAT(outcome.err, Catch::Contains("lockstep: interrupted"));
    CHECK(processes_in(scratch / "work") == 0);
    CHECK(fs::is_empty(scratch / "work"));
  }
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("two runs at once do not disturb each other", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  const auto check = [&scratch](const std::string& variant) {
    return std::async(std::launch::async, [&scratch, variant] {
      return lockstep({"check", "vma_refcnt", "--size", "1x1x1", "--safety", "--variant", variant},
                      {"LOCKSTEP_SCRATCH=" + (scratch / "work")});
    });
  };
  auto one = check("holds"), other = check("no_recheck");
  const Outcome holds = one.get(), broken = other.get();
  CHECK(holds.status == 0);
  CHECK_THAT(holds.out, Catch::Contains("vma_refcnt holds: holds, expected holds"));
  CHECK(broken.status == 0);
  CHECK_THAT(broken.out, Catch::Contains("no_recheck: violates ExclOK, expected violates ExclOK"));
  CHECK(fs::is_empty(scratch / "work"));
}

}  // namespace lockstep::testing
