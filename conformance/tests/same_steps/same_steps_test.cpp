// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// TLC is given an instance of each site of the reference. What the specification does besides would
// be invisible to it, so that there is nothing besides is itself checked. The engine takes the
// specification's own Next, and finds both in the graphs.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "claims/judges.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tests/sample.hpp"
#include "tests/toys/described.hpp"

namespace lockstep {
namespace {

namespace fs = std::filesystem;

/// A copy of the toy in which one text of the module is another.
class AlteredSpec {
 public:
  AlteredSpec(const std::string& from, const std::string& to) {
    fs::copy(testing::toys / "spec", root_ / "spec", fs::copy_options::recursive);
    const std::string module = root_ / "spec/door/Door.tla";
    std::string altered = testing::text_of(module);
    const std::size_t at = altered.find(from);
    REQUIRE(at != std::string::npos);
    altered.replace(at, from.size(), to);
    std::ofstream(module) << altered;
  }

  std::string only_one() const { return by(SpecJudge::tlc).only_one; }
  /// What the engine finds: "SITE only the reference enables it, after 3", or "equal".
  std::string difference() const {
    const GraphsCompared graphs = by(SpecJudge::engine);
    if (!graphs.result.difference) return "equal";
    const Difference& d = *graphs.result.difference;
    if (d.kind == Difference::Kind::initial) return std::string{name_of(d.kind)};
    return graphs.layout.symbols.name(d.step.site) + " " + std::string{name_of(d.kind)} +
           ", after " + std::to_string(d.steps.size());
  }

 private:
  GraphsCompared by(SpecJudge judge) const {
    const Manifest manifest = testing::toy_manifest(root_ / "");
    const Subject subject = Subject::of(manifest, "door", Size::parse("1"), "holds");
    Workshop workshop;
    workshop.scratch = root_ / "scratch";
    return compare_graphs(subject, judge, workshop);
  }

  testing::Scratch root_;
};

}  // namespace

/// A step that no site makes.
const std::string extra =
    "Lost(r) == Go(r, \"Reader_Idle\", \"Use\") /\\ UNCHANGED "
    "<<at, users, open, data>>\n"
    "Next == \\/ \\E r \\in Readers : Lost(r)\n        ";

TEST_CASE("an action that no site makes is a difference", "[java]") {
  if (!testing::has_tlc_or_skips()) return;
  CHECK(AlteredSpec("Next == ", extra).only_one().starts_with("Lost "));
}

TEST_CASE("a site whose action is missing in the specification's Next is a difference", "[java]") {
  if (!testing::has_tlc_or_skips()) return;
  CHECK(AlteredSpec("\\/ Leave(r) \\/ Look(r)", "\\/ Look(r)").only_one().starts_with("Leave "));
}

TEST_CASE(
    "the engine finds what the specification alone does, the reference alone, or both otherwise") {
  const auto difference = [](const std::string& from, const std::string& to) {
    return AlteredSpec(from, to).difference();
  };
  CHECK(difference("Next == ", "Next == ") == "equal");
  CHECK(difference("Next == ", extra) == "Lost only the specification enables it, after 0");
  CHECK(difference("\\/ Leave(r) \\/ Look(r)", "\\/ Look(r)") ==
        "Leave only the reference enables it, after 3");
  CHECK(difference("Go(d, \"Drain\", \"Write\") /\\ users[d] = 0",
                   "Go(d, \"Drain\", \"Write\") /\\ users[d] = 1") ==
        "Drain only the reference enables it, after 2");
  CHECK(
      difference("users' = [users EXCEPT ![d] = @ + 1]", "users' = [users EXCEPT ![d] = @ + 2]") ==
      "Enter it leads to different states, after 0");
  CHECK(difference("open = [d \\in Doors |-> 1]", "open = [d \\in Doors |-> 0]") ==
        "they start in different states");
}

TEST_CASE("at every size that TLC can print, its graph is the reference's and the engine's",
          "[java][slow]") {
  if (!testing::has_tlc_or_skips()) return;
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  for (const ManifestProtocol& protocol : manifest.protocols) {
    for (const ManifestSize& entry : protocol.sizes) {
      if (entry.states.value_or(0) > 1'000'000) continue;
      if (!entry.quick && !testing::thorough()) continue;
      CAPTURE(protocol.name, entry.size);
      const Subject subject =
          Subject::of(manifest, protocol.name, Size::parse(entry.size), "holds");
      Workshop workshop;
      workshop.scratch = fs::temp_directory_path() / "lockstep-graphs";
      const GraphsCompared tlc = compare_graphs(subject, SpecJudge::tlc, workshop);
      CHECK(tlc.only_one == "");
      CHECK_FALSE(tlc.result.difference.has_value());
      CHECK(tlc.result.states == entry.states.value_or(tlc.result.states));
      CHECK(tlc.result.transitions == entry.transitions.value_or(tlc.result.transitions));
      if (!subject.model->has_code()) continue;
      const GraphsCompared engine = compare_graphs(subject, SpecJudge::engine, workshop);
      CHECK(engine.only_one == "");
      CHECK_FALSE(engine.result.difference.has_value());
      CHECK(engine.result.states == tlc.result.states);
      CHECK(engine.result.transitions == tlc.result.transitions);
    }
  }
}

TEST_CASE("the specification as it is has the steps of the reference and no others", "[java]") {
  if (!testing::has_tlc_or_skips()) return;
  CHECK(AlteredSpec("Next == ", "Next == ").only_one().empty());
}

}  // namespace lockstep
