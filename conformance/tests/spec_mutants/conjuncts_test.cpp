// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "claims/proof_check.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"

// The conjuncts of the proof's invariant are TLA+ that TLC checks as well, each by its name: a
// mistake in the text of one is told by that name, in a small model, before any proof is tried.
namespace lockstep::testing {

namespace {

struct Mistake {
  std::string_view conjunct, from, to;
};

constexpr Mistake mistakes[] = {
    {"Count", "ELSE 0) + Holders(v)\n    IN", "ELSE 0) - Holders(v)\n    IN"},
    {"Waiter", "writer_wait[m] = m", "writer_wait[m] # m"},
    {"Valid", "< mm_lock_seq[rmm[r]]", "= mm_lock_seq[rmm[r]]"},
    {"Resting", "wvma[m] # v) => AtHome(v)", "wvma[m] = v) => AtHome(v)"},
};

/// What TLC says at 1x1x1 of the specification with a mistake in one conjunct.
std::string checked_with(const Mistake& mistake) {
  namespace fs = std::filesystem;
  const Scratch root;
  fs::copy(fs::path{LOCKSTEP_SOURCE_DIR} / "spec", root / "spec", fs::copy_options::recursive);
  const std::string module = root / "spec/vma_refcnt/VmaRefcntInductive.tla";
  std::string text = text_of(module);
  const std::size_t begin = text.find("\n" + std::string{mistake.conjunct} + " ==");
  const std::size_t at = text.find(mistake.from, begin);
  REQUIRE(at < text.find("\n\n", begin));
  text.replace(at, mistake.from.size(), mistake.to);
  std::ofstream{module} << text;
  Workshop workshop;
  workshop.scratch = root / "tlc";
  workshop.heap_bytes = 512u << 20;
  const Manifest manifest = Manifest::read(root / "");
  return conjuncts_by_tlc(manifest, "vma_refcnt", Size::parse("1x1x1"), workshop).got;
}

}  // namespace

TEST_CASE("TLC names the conjunct that has a mistake in it", "[java]") {
  if (!has_tlc_or_skips()) return;
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.conjunct);
    CHECK(checked_with(mistake) == "violates " + std::string{mistake.conjunct});
  }
}

}  // namespace lockstep::testing
