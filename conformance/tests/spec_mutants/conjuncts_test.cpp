// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "claims/one_run.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tests/toys/described.hpp"

// The conjuncts of the proof's invariant are TLA+ that TLC checks as well, each by its name: a
// mistake in the text of one is told by that name, in a small model, before any proof is tried.
namespace lockstep::testing {

namespace {

struct Mistake {
  std::string_view conjunct, from, to;
};

constexpr Mistake mistakes[] = {
    {"Home", "= \"Reader_Idle\"", "= \"Look\""},
    {"Count", "= Inside(d)", "= Inside(d) + 1"},
    {"Closed", "\"Write\", ", ""},
    {"Alone", "{\"Write\", \"Open\"}", "{\"Drain\", \"Open\"}"},
};

/// What TLC says of the specification with a mistake in one conjunct, asked once for all
/// these claims, of the last.
std::string checked_with(const Mistake& mistake,
                         const std::vector<std::string>& claims = {"inductive"}) {
  namespace fs = std::filesystem;
  const Scratch root;
  fs::copy(toys / "spec", root / "spec", fs::copy_options::recursive);
  const std::string module = root / "spec/door/DoorInductive.tla";
  std::string text = text_of(module);
  const std::size_t begin = text.find("\n" + std::string{mistake.conjunct} + " ==");
  const std::size_t at = text.find(mistake.from, begin);
  REQUIRE(at < text.find("\n\n", begin));
  text.replace(at, mistake.from.size(), mistake.to);
  std::ofstream{module} << text;
  Workshop workshop;
  workshop.scratch = root / "tlc";
  workshop.heap_bytes = 512u << 20;
  const auto manifest = std::make_shared<const Manifest>(toy_manifest(root / ""));
  OneRun run(manifest, "door", Size::parse("2"), claims);
  return run.of(claims.back(), workshop).got;
}

}  // namespace

TEST_CASE("TLC names the conjunct that has a mistake in it", "[java]") {
  if (!has_tlc_or_skips()) return;
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.conjunct);
    CHECK(checked_with(mistake) == "violates " + std::string{mistake.conjunct});
  }
}

TEST_CASE("claims that are asked at once are told apart where one of them fails", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Mistake& mistake = mistakes[1];
  CHECK(checked_with(mistake, {"safe", "inductive"}) == "violates Count");
  CHECK(checked_with(mistake, {"inductive", "safe"}) == "holds");
}

}  // namespace lockstep::testing
