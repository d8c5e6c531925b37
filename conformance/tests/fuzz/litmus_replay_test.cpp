// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>

#include "tests/fuzz/litmus_input.hpp"
#include "tests/process.hpp"

// The fuzzer's corpus through the reader, without the fuzzer.
namespace lockstep::testing {

TEST_CASE("Every file of the fuzzer's corpus is read, or refused with its place", "[litmus]") {
  std::size_t files = 0, read = 0;
  const std::string folder = LOCKSTEP_SOURCE_DIR "/conformance/tests/fuzz/litmus_corpus";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string text = text_of(entry.path());
    INFO(entry.path().filename());
    const auto start = std::chrono::steady_clock::now();
    // Cut off anywhere it must be refused as decently.
    for (std::size_t length = text.size();; length = length / 8 * 7) {
      const std::string complaint = read_litmus(text.substr(0, length));
      CAPTURE(length, complaint);
      CHECK((complaint.empty() || has_place(complaint)));
      if (length == text.size() && complaint.empty()) ++read;
      if (length == 0) break;
    }
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    CHECK(time.count() < 20);
    ++files;
  }
  CHECK(files > 10);
  CHECK(read > 5);
  CHECK(read < files);
}

TEST_CASE("A complaint without a place is noticed", "[litmus]") {
  CHECK(has_place("input:1:1: what"));
  CHECK_FALSE(has_place("input:1: what"));
  CHECK_FALSE(has_place("input:0:1: what"));
  CHECK_FALSE(has_place("input: what"));
}

}  // namespace lockstep::testing
