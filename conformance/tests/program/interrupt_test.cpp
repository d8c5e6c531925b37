// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>
#include <future>

#include "tests/has_tlc.hpp"
#include "tests/schema.hpp"
#include "toy_root.hpp"

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
  const auto [protocol, size] = largest();
  const Outcome outcome =
      lockstep({"check", protocol, "--size", size, "--json", scratch / "check.json"},
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
  const auto [protocol, size] = largest();
  const Outcome explored = lockstep({"explore", protocol, "--size", size}, {}, 0.5);
  CHECK(explored.status == 130);
  CHECK_THAT(explored.err, Catch::StartsWith("lockstep: interrupted, done: "));
  CHECK_THAT(explored.out, Catch::StartsWith("UNKNOWN, interrupted, done: "));
  if (!has_tlc_or_skips()) return;
  const std::string out = scratch / "trace.itf.json";
  const Words verify{"verify", "--protocol", protocol};
  const Words trace{"trace", protocol, "--size", size, "--cover", "edges", "-o", out};
  for (const Words& words : {verify, trace}) {
    CAPTURE(words);
    const std::string work = scratch / ("work_" + words.front());
    double seconds = 1.5;
    const Outcome outcome = stopped_midway(
        seconds, [&](double s) { return lockstep(words, {"LOCKSTEP_SCRATCH=" + work}, s); },
        [&](const Outcome&) { return fs::exists(work); });
    CHECK(outcome.status == 130);
    CHECK_THAT(outcome.err, Catch::Contains("lockstep: interrupted"));
    CHECK(processes_in(work) == 0);
    CHECK(fs::is_empty(work));
  }
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("two runs at once do not disturb each other", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  const auto check = [&scratch](const std::string& variant) {
    return std::async(std::launch::async, [&scratch, variant] {
      return toy({"check", "door", "--safety", "--variant", variant},
                 {"LOCKSTEP_SCRATCH=" + (scratch / "work")});
    });
  };
  auto one = check("holds"), other = check("no_look");
  const Outcome holds = one.get(), broken = other.get();
  CHECK(holds.status == 0);
  CHECK_THAT(holds.out, Catch::Contains("door holds: holds, expected holds"));
  CHECK(broken.status == 0);
  CHECK_THAT(broken.out, Catch::Contains("no_look: violates AloneOK, expected violates AloneOK"));
  CHECK(fs::is_empty(scratch / "work"));
}

}  // namespace lockstep::testing
