// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// TLC is given an instance of each site of the reference. What the specification does besides would
// be invisible to it, so that there is nothing besides is itself checked. The engine takes the
// specification's own Next, and finds both in the graphs.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "claims/judges.hpp"
#include "tests/sample.hpp"
#include "tests/skip.hpp"
#include "tlc/java.hpp"

namespace lockstep {
namespace {

namespace fs = std::filesystem;

/// A copy of spec/ in which one text of the module is another.
class AlteredSpec {
 public:
  AlteredSpec(const std::string& from, const std::string& to)
      : root_(fs::temp_directory_path() / ("lockstep-altered-" + std::to_string(getpid()))) {
    fs::remove_all(root_);
    fs::create_directories(root_);
    fs::copy(fs::path(LOCKSTEP_SOURCE_DIR) / "spec", root_ / "spec", fs::copy_options::recursive);
    const fs::path module = root_ / "spec" / "vma_refcnt" / "VmaRefcnt.tla";
    std::stringstream text;
    text << std::ifstream(module).rdbuf();
    std::string altered = text.str();
    const std::size_t at = altered.find(from);
    REQUIRE(at != std::string::npos);
    altered.replace(at, from.size(), to);
    std::ofstream(module) << altered;
  }
  ~AlteredSpec() { fs::remove_all(root_); }

  std::string only_one() const { return by(SpecJudge::tlc).only_one; }
  /// What the engine finds: "Find_Walk only the reference enables it, after 3", or "equal".
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
    const Manifest manifest = Manifest::read(root_);
    const Subject subject = Subject::of(manifest, "vma_refcnt", Size::parse("1x1x1"), "holds");
    Workshop workshop;
    workshop.scratch = root_ / "scratch";
    return compare_graphs(subject, judge, workshop);
  }

  fs::path root_;
};

bool without_tlc() {
  try {
    tlc::find_java();
    tlc::find_jar();
    return false;
  } catch (const Undecided& why) {
    testing::skip(why.what());
    return true;
  }
}

}  // namespace

TEST_CASE("an action that no site makes is a difference", "[java]") {
  if (without_tlc()) return;
  const AlteredSpec spec(
      "WriterStep(m) ==",
      "Extra(m) == pc[m] = \"Writer_Idle\" /\\ Go(m, \"Writer_Section\")\n"
      "  /\\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, writer_locals>>\n"
      "WriterStep(m) ==\n  \\/ Extra(m)");
  CHECK(spec.only_one().starts_with("Extra "));
}

TEST_CASE("a site whose action is missing in the specification's Next is a difference", "[java]") {
  if (without_tlc()) return;
  const AlteredSpec spec("\\/ Modify_Begin(m)", "\\/ FALSE");
  CHECK(spec.only_one().starts_with("Modify_Begin "));
}

TEST_CASE("the engine finds what the specification alone does, the reference alone, or both otherwise") {
  const auto difference = [](const std::string& from, const std::string& to) {
    return AlteredSpec(from, to).difference();
  };
  CHECK(difference("WriterStep(m) ==", "WriterStep(m) ==") == "equal");
  CHECK(difference("WriterStep(m) ==",
                   "Extra(m) == pc[m] = \"Writer_Idle\" /\\ Go(m, \"Writer_Section\")\n"
                   "  /\\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, "
                   "writer_locals>>\nWriterStep(m) ==\n  \\/ Extra(m)") ==
        "Extra only the specification enables it, after 0");
  CHECK(difference("\\/ Modify_Begin(m)", "\\/ FALSE") ==
        "Modify_Begin only the reference enables it, after 11");
  CHECK(difference("/\\ mm_count[m] # 0", "/\\ mm_count[m] = 0") ==
        "Fault_Grab only the reference enables it, after 0");
  CHECK(difference("raddr' = [raddr EXCEPT ![r] = s]", "raddr' = [raddr EXCEPT ![r] = Null]") ==
        "Fault_Grab it leads to different states, after 0");
  CHECK(difference("mm_count = [m \\in Mms |-> 1]", "mm_count = [m \\in Mms |-> 2]") ==
        "they start in different states");
}

TEST_CASE("at every size that TLC can print, its graph is the reference's and the engine's", "[java][slow]") {
  if (without_tlc()) return;
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
  if (without_tlc()) return;
  const AlteredSpec spec("WriterStep(m) ==", "WriterStep(m) ==");
  CHECK(spec.only_one().empty());
}

}  // namespace lockstep
