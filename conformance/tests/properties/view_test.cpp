// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "claims/judges.hpp"

using namespace lockstep;
using Catch::Contains;

// What is asked of the states of one VIEW, of which only one is followed. The VIEW of vma_refcnt
// hides by how much sequence numbers differ.
namespace {

SearchResult explored(const std::string& variant, const std::vector<std::string>& names,
                      const std::vector<std::string>& further = {},
                      const std::string& size = "1x1x1") {
  static const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  const Subject subject = Subject::of(manifest, "vma_refcnt", Size::parse(size), variant);
  const auto system = subject.model->stepped();
  return explore(*system, subject, names, {}, further);
}

}  // namespace

TEST_CASE("what the VIEW hides is asked of a state that is known by its view", "[properties]") {
  const SearchResult found = explored("unlock_keeps_marks", {"SectionOK"});
  REQUIRE(found.violation);
  CHECK(found.violation->property == "SectionOK");
  CHECK(found.violation->steps.size() == 2);  // as TLC without the VIEW; with it, 10
}

TEST_CASE("a further property that sees more than the VIEW shows is refused", "[properties]") {
  const auto refused = [](const std::string& text) { explored("holds", {}, {text}); };
  // One of many states of a view would be looked at: it would never be found to be false.
  CHECK_THROWS_WITH(refused("\\A m \\in Mms : mm_lock_seq[m] < 9"), Contains("the VIEW hides"));
  CHECK_THROWS_WITH(refused("\\A m \\in Mms, v \\in Vmas : vm_lock_seq[v] # mm_lock_seq[m] + 1"),
                    Contains("the VIEW hides"));
  CHECK_NOTHROW(refused("\\A m \\in Mms, v \\in Vmas : vm_lock_seq[v] # mm_lock_seq[m] \\/ TRUE"));
  CHECK(explored("holds", {}, {"\\A m \\in Mms : mm_lock_seq[m] < 3"}, "1x1x1,sections=2")
            .violation->property == "\\A m \\in Mms : mm_lock_seq[m] < 3");
}
