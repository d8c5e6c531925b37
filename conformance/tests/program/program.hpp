// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/process.hpp"

// The program itself, run as a user runs it.
namespace lockstep::testing {

using Words = std::vector<std::string>;

/// Runs a program on the tree below `root`, with variables of the environment: "PATH=/nowhere".
inline Outcome run_on(const std::string& root, const std::string& program, const Words& arguments,
                      const Words& settings, double interrupt_after) {
  Words words{"env", "LOCKSTEP_ROOT=" + root};
  words.insert(words.end(), settings.begin(), settings.end());
  words.push_back(program);
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run(words, interrupt_after);
}
/// Runs `lockstep` on this tree.
inline Outcome lockstep(const Words& arguments, const Words& settings = {},
                        double interrupt_after = -1) {
  return run_on(LOCKSTEP_SOURCE_DIR, LOCKSTEP_PROGRAM, arguments, settings, interrupt_after);
}

/// Runs something that is stopped after so many seconds; twice as many, as long as `got_there` says
/// that it did not even begin: a machine may have other work. Five times at most. `seconds` is what
/// the last run had.
inline Outcome stopped_midway(double& seconds, const auto& run_for, const auto& got_there) {
  for (int more = 5;; seconds *= 2) {
    Outcome outcome = run_for(seconds);
    if (got_there(outcome) || --more == 0) return outcome;
  }
}

/// What there is to interrupt: of the protocols with variants the one with the most states on
/// record, and at which size.
struct Largest {
  std::string protocol, size;
};
inline Largest largest() {
  Largest out;
  std::uint64_t most = 0;
  for (const auto& folder : std::filesystem::directory_iterator(LOCKSTEP_SOURCE_DIR "/spec")) {
    const std::string record = text_of((folder.path() / "verdicts.json").string());
    if (record.empty()) continue;
    const auto verdicts = nlohmann::json::parse(record);
    if (!verdicts.contains("variants")) continue;
    for (const auto& [size, counts] : verdicts["sizes"].items()) {
      const std::uint64_t states = counts.value("states", std::uint64_t{0});
      if (states <= most) continue;
      most = states;
      out = {folder.path().filename().string(), size};
    }
  }
  REQUIRE(most > 1'000'000);
  return out;
}

/// With this status, one line that says why, and no other output.
inline void check_refused(const Outcome& outcome, int status, const std::string& why) {
  INFO("standard error: " << outcome.err.substr(0, 500));
  CHECK(outcome.status == status);
  CHECK(std::ranges::count(outcome.err, '\n') == 1);
  CHECK_THAT(outcome.err, Catch::Contains(why));
  CHECK(outcome.out.empty());
}

/// With this status, why on standard error, and the same as the last line: what had been done is
/// said, not thrown away.
inline void check_stopped(const Outcome& outcome, int status, const std::string& why) {
  INFO("standard error: " << outcome.err.substr(0, 500));
  CHECK(outcome.status == status);
  CHECK_THAT(outcome.err, Catch::StartsWith("lockstep: " + why));
  CHECK_THAT(outcome.out, Catch::StartsWith("UNKNOWN, " + why));
}

inline void write_text(const std::string& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace lockstep::testing
