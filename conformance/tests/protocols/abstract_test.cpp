// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "claims/judges.hpp"
#include "tests/process.hpp"

// A protocol that is only specified: what is promised is explored by the text, and each promise is
// seen to be broken by a specification with a mistake in it.
namespace lockstep::testing {
namespace {

namespace fs = std::filesystem;

/// What exploring says of the abstract lock with one piece of its text replaced.
std::string explored_with(const std::string& piece, const std::string& other) {
  const Scratch scratch;
  const fs::path from = fs::path{LOCKSTEP_SOURCE_DIR} / "spec";
  const fs::path to = scratch / "spec";
  fs::create_directories(to / "vma_lock");
  fs::copy_file(from / "scenarios.json", to / "scenarios.json");
  for (const char* file : {"protocol.json", "verdicts.json"}) {
    fs::copy_file(from / "vma_lock" / file, to / "vma_lock" / file);
  }
  std::string text = text_of((from / "vma_lock/VmaLock.tla").string());
  const std::size_t at = text.find(piece);
  REQUIRE(at != std::string::npos);
  text.replace(at, piece.size(), other);
  std::ofstream(to / "vma_lock/VmaLock.tla") << text;
  const Manifest manifest = Manifest::read(scratch / "");
  const Subject subject = Subject::of(manifest, "vma_lock", Size::parse("2x2x2"), "holds");
  return words(explore_system(subject, usual_properties(subject, {"safe"}), {}));
}

}  // namespace

TEST_CASE("the abstract lock: each property is broken by a mistake of its own") {
  CHECK(explored_with("  /\\ ~Inside(v)\n", "  /\\ ~Inside(v)\n") == "holds");
  CHECK(explored_with("  /\\ ~Inside(v)\n", "") == "violates Exclusion");
  CHECK(explored_with("  /\\ ~marked[m][v]\n", "") == "violates Exclusion");
  CHECK(explored_with("  /\\ open' = [open EXCEPT ![m] = FALSE]\n  /\\ marked' = "
                      "[marked EXCEPT ![m] = [v \\in Vmas |-> FALSE]]\n  /\\ UNCHANGED <<",
                      "  /\\ open' = [open EXCEPT ![m] = FALSE]\n  /\\ UNCHANGED <<marked, ") ==
        "violates Marks");
  CHECK(explored_with("  /\\ \\A v \\in Vmas : ~(torn[v] /\\ marked[m][v])\n", "") ==
        "violates Marks");
  CHECK(explored_with("asked' = [asked EXCEPT ![r] = m]", "asked' = [asked EXCEPT ![r] = v]") ==
        "violates TypeOK");
}

TEST_CASE("the abstract lock: it has no code, and what needs one says so") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  const Subject subject = Subject::of(manifest, "vma_lock", Size::parse("2x2x2"), "holds");
  CHECK_FALSE(subject.model->has_code());
  CHECK_THROWS_WITH(compare_graphs(subject, SpecJudge::engine, {}),
                    Catch::Contains("has no reference to compare its specification with"));
}

}  // namespace lockstep::testing
