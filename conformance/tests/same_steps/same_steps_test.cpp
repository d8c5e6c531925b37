// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// TLC is given an instance of each site of the reference. What the specification does besides would
// be invisible to every judge, so that there is nothing besides is itself checked.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "claims/judges.hpp"
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

  std::string only_one() const {
    const Manifest manifest = Manifest::read(root_);
    const Subject subject = Subject::of(manifest, "vma_refcnt", Size::parse("1x1x1"), "holds");
    Workshop workshop;
    workshop.scratch = root_ / "scratch";
    return compare_graphs(manifest, subject, workshop).only_one;
  }

 private:
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

TEST_CASE("the specification as it is has the steps of the reference and no others", "[java]") {
  if (without_tlc()) return;
  const AlteredSpec spec("WriterStep(m) ==", "WriterStep(m) ==");
  CHECK(spec.only_one().empty());
}

}  // namespace lockstep
