// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "model/verdict.hpp"
#include "tests/vma_properties.hpp"

using namespace lockstep;
using namespace lockstep::testing;
using Catch::Contains;

namespace {

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}

Subject subject_of(const std::string& variant, const std::string& size) {
  return Subject::of(manifest(), "vma_refcnt", Size::parse(size), variant);
}

/// The properties that are named and further ones, explored at 1x1x1.
SearchResult explored(const std::string& variant, const std::vector<std::string>& names,
                      const std::vector<std::string>& further = {},
                      const std::string& size = "1x1x1") {
  const Subject subject = subject_of(variant, size);
  const auto system = subject.model->stepped();
  return explore(*system, subject, names, {}, further);
}

/// What is asked by what has changed is what is asked by all: at each state and step of a search,
/// until something does not hold.
std::string by_changes(const std::string& variant, const std::string& size) {
  const auto model = Protocol::find("vma_refcnt").model(Size::parse(size), variant);
  const auto system = model->stepped();
  VmaProperties fast(*model, system->world()), slow(*model, system->world());
  std::size_t asked = 0;
  std::string wrong;
  SearchOptions options;
  options.step_monitors = {{"here", [&](const Atom* before, const Atom* after) {
    if (!slow.all.all_at(before).empty()) return true;
    ++asked;
    auto found = fast.all.by(before, after);
    if (!found) found = fast.all.rest_of(after);
    auto all = slow.all.all_by(before, after);
    for (const std::string& name : slow.all.all_at(after)) all.push_back(name);
    const bool same = found ? std::ranges::find(all, found->property) != all.end() : all.empty();
    if (!same) wrong = variant + ": " + (found ? found->property : "all hold");
    return same;
  }}};
  search(*system, options);
  CHECK(asked > 100);  // a fault ends the search, in some variants soon
  return wrong;
}

}  // namespace

TEST_CASE("what reads nothing that has changed need not be asked", "[properties]") {
  for (const std::string& variant : Protocol::find("vma_refcnt").variants()) {
    CHECK(by_changes(variant, "1x1x1,sections=2") == "");
  }
  CHECK(by_changes("holds", "1x2x2") == "");
  CHECK(by_changes("dup_copies_refcnt", "1x2x1") == "");
}

TEST_CASE("a property that the text lacks, or says to be of another kind, is an error",
          "[properties]") {
  Subject subject = subject_of("holds", "1x1x1");
  ManifestProtocol protocol = *subject.protocol;
  subject.protocol = &protocol;
  const auto system = subject.model->stepped();
  const auto asked = [&](const std::string& name, const std::string& kind) {
    protocol.properties = {{name, kind, {}, ""}, {"RcuOK", "invariant", {}, ""}};
    explore(*system, subject, {name, "RcuOK"}, {});
  };
  CHECK_NOTHROW(asked("CountOK", "invariant"));
  CHECK_THROWS_WITH(asked("CuontOK", "invariant"), Contains("no definition 'CuontOK'"));
  CHECK_THROWS_WITH(asked("CountOK", "action"), Contains(".tla:") &&
                                                    Contains("not of the form [][A]_vars"));
  CHECK_THROWS_WITH(asked("SeqOK", "invariant"), Contains("manifest calls it 'invariant'"));
  CHECK_THROWS_AS(asked("LookupEnds", "invariant"), InputError);
  CHECK_THROWS_WITH(asked("Touching", "invariant"), Contains("expected a value"));
}

TEST_CASE("what the VIEW hides is asked of a state that is known by its view", "[properties]") {
  const SearchResult found = explored("unlock_keeps_marks", {"SectionOK"});
  REQUIRE(found.violation);
  CHECK(found.violation->property == "SectionOK");
  CHECK(found.violation->steps.size() == 2);  // as TLC without the VIEW; with it, 10
}

TEST_CASE("a violation tells its part and the cells that were read", "[properties]") {
  const SearchResult found = explored("unlock_keeps_marks", {"SectionOK"});
  REQUIRE(found.violation);
  const auto model = Protocol::find("vma_refcnt").model(Size::parse("1x1x1"), "holds");
  std::vector<std::string> read;
  for (const std::size_t slot : found.violation->broken.slots) {
    read.push_back(model->world().layout()[slot].text());
  }
  CHECK(read == std::vector<std::string>{"mm_lock_seq[m1]", "pc[m1]"});
  CHECK_THAT(found.violation->broken.place.file, Catch::EndsWith("VmaRefcntProperties.tla"));
}

TEST_CASE("a further property is an invariant in TLA+", "[properties]") {
  const auto found = explored(
      "holds", {"RcuOK"}, {"\\A v \\in Vmas : vm_refcnt[v] # Null => vm_refcnt[v] < 1"}).violation;
  REQUIRE(found);
  CHECK(found->property == "\\A v \\in Vmas : vm_refcnt[v] # Null => vm_refcnt[v] < 1");
  CHECK(found->broken.cannot.empty());
  CHECK_FALSE(
      explored("holds", {"SeqOK"}, {"\\A m \\in Mms : mm_count[m] < 3", "RefcntOK", "SeqOK"})
          .violation);
  const auto stops = explored("holds", {}, {"\\A v \\in Vmas : vm_refcnt[v] < 3"}).violation;
  REQUIRE(stops);
  CHECK(stops->broken.cannot == "a name; expected a number");
  CHECK(stops->broken.place.column == 17);
}

TEST_CASE("a further property that cannot be judged is refused where it stands", "[properties]") {
  const auto refused = [](const std::string& text) { explored("holds", {}, {text}); };
  CHECK_THROWS_WITH(refused("\\A v \\in Vmsa : TRUE"), Contains("property 1:1:10: 'Vmsa'"));
  CHECK_THROWS_WITH(refused("\\A v \\in Vmas : vm_refcnt[v] <"), Contains("property 1:1:"));
  CHECK_THROWS_WITH(refused("\\A m \\in Mms : mm_count'[m] = 1"), Contains("with a prime"));
  CHECK_THROWS_WITH(refused("\\A m \\in Mms : mm_count[m]"), Contains("expected a truth value"));
  // One of many states of a view would be looked at: it would never be found to be false.
  CHECK_THROWS_WITH(refused("\\A m \\in Mms : mm_lock_seq[m] < 9"), Contains("the VIEW hides"));
  CHECK_THROWS_WITH(refused("\\A m \\in Mms, v \\in Vmas : vm_lock_seq[v] # mm_lock_seq[m] + 1"),
                    Contains("the VIEW hides"));
  CHECK_NOTHROW(refused("\\A m \\in Mms, v \\in Vmas : vm_lock_seq[v] # mm_lock_seq[m] \\/ TRUE"));
  CHECK(explored("holds", {}, {"\\A m \\in Mms : mm_lock_seq[m] < 3"}, "1x1x1,sections=2")
            .violation->property == "\\A m \\in Mms : mm_lock_seq[m] < 3");
}
