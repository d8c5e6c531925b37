// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/process.hpp"

// The program itself, run as a user runs it.
namespace lockstep::testing {

using Words = std::vector<std::string>;

/// Runs `lockstep` on this tree with variables of the environment: "PATH=/nowhere".
inline Outcome lockstep(const Words& arguments, const Words& settings = {},
                        double interrupt_after = -1) {
  Words words{"env", std::string{"LOCKSTEP_ROOT="} + LOCKSTEP_SOURCE_DIR};
  words.insert(words.end(), settings.begin(), settings.end());
  words.emplace_back(LOCKSTEP_PROGRAM);
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run(words, interrupt_after);
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

inline const std::string golden =
    LOCKSTEP_SOURCE_DIR "/traces/vma_refcnt/S39_dup_copies_refcnt.itf.json";

}  // namespace lockstep::testing
