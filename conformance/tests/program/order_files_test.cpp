// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>

#include "tests/program/program.hpp"

using lockstep::testing::Outcome;
using lockstep::testing::text_of;
using lockstep::testing::Words;
using lockstep::testing::write_text;
namespace fs = std::filesystem;

namespace {

struct Place {
  fs::path path = fs::temp_directory_path() / ("lockstep-order-" + std::to_string(getpid()));
  Place() { fs::create_directories(path); }
  ~Place() { fs::remove_all(path); }
  std::string file(const char* name) const { return (path / name).string(); }
};

Outcome order(Words more) {
  Words all{"order", "vma_refcnt", "--model", "lkmm", "--weaken", "StartWrite_SetState=full"};
  all.insert(all.end(), more.begin(), more.end());
  return lockstep::testing::lockstep(all);
}

}  // namespace

TEST_CASE("order --emit-litmus: a test for each question, that litmus judges alike", "[program]") {
  const Place place;
  const std::string to = place.file("out/deep");
  const Words args{"--question", "lost_wakeup", "--question", "C1", "--emit-litmus", to};
  const Outcome first = order(args);
  CHECK(first.status == 0);
  CHECK_THAT(first.out, Catch::Contains("vma_refcnt-lost_wakeup.litmus: written"));
  CHECK_THAT(order(args).out, Catch::Contains("vma_refcnt-C1.litmus: as it was"));
  write_text(to + "/vma_refcnt-C1.litmus", "mine");
  CHECK_THAT(order(args).out, Catch::Contains("vma_refcnt-C1.litmus: replaced"));
  CHECK(std::distance(fs::directory_iterator{to}, fs::directory_iterator{}) == 2);
  const Outcome judged = lockstep::testing::lockstep({"litmus", to});
  CHECK(judged.status == 0);
  CHECK_THAT(judged.out, Catch::Contains("1 Never, 1 Sometimes") && !Catch::Contains("the file says"));
  write_text(place.file("file"), "");
  CHECK(order({"--question", "C1", "--emit-litmus", place.file("file")}).status == 2);
  // What it wrote can be drawn by the other command; of a test that is never there is nothing.
  CHECK(lockstep::testing::lockstep({"litmus", to + "/vma_refcnt-C1.litmus", "--dot", place.file("c1.dot")}).status == 0);
  CHECK_THAT(text_of(place.file("c1.dot")), Catch::StartsWith("digraph witness"));
  const Outcome nothing = lockstep::testing::lockstep(
      {"litmus", to + "/vma_refcnt-lost_wakeup.litmus", "--dot", place.file("none.dot")});
  CHECK(nothing.status == 2);
  CHECK_THAT(nothing.err, Catch::Contains("no witness to draw"));
}

TEST_CASE("order writes only what litmus reads and judges alike", "[program]") {
  const Place place;
  const std::string root = place.file("root"), to = place.file("out");
  fs::create_directories(root);
  fs::copy(LOCKSTEP_SOURCE_DIR "/spec", root + "/spec", fs::copy_options::recursive);
  const auto from = [&](const char* name) {
    return text_of(root + "/spec/vma_refcnt/questions/" + name);
  };
  // Names are numbers there, above all that the test comes to.
  std::string large = from("01_publication_at_attach.question");
  large.replace(large.find("vm_data[v1] = 0"), 15, "vm_data[v1] = 400000");
  large.replace(large.find("reader.StartRead_IncRef # 0"), 27,
                "(reader.StartRead_IncRef # 0 \\/ reader.rvma = v2)");
  write_text(root + "/spec/vma_refcnt/questions/16_large.question", large);
  // What a local holds at the end is a long expression over every way that leads there.
  std::string local = from("09_exclusion.question");
  local = local.substr(0, local.find("forbidden:")) +
          "forbidden: (reader.rvma = Null \\/ reader.rvma = v1) /\\ reader.Use_LoadData = 0\n";
  write_text(root + "/spec/vma_refcnt/questions/17_local.question", local);
  const auto run = [&](const Words& questions) {
    Words words{"order", "vma_refcnt", "--model", "lkmm", "--model", "sc", "--emit-litmus", to,
                "--weaken", "StartWrite_SetState=full"};
    for (const std::string& q : questions) words.insert(words.end(), {"--question", q});
    return lockstep::testing::lockstep(words, {"LOCKSTEP_ROOT=" + root});
  };
  const Outcome written = run({"large", "C1", "exclusion"});
  CAPTURE(written.out, written.err);
  CHECK(written.status == 0);
  CHECK_THAT(written.out, Catch::Contains("3 of 3 questions written"));
  const Outcome refused = run({"local"});
  CHECK(refused.status == 3);
  CHECK_THAT(refused.out, Catch::Contains("vma_refcnt-local.litmus: UNKNOWN, not written: ") &&
                              Catch::Contains("a value computed in this many steps") &&
                              Catch::Contains("0 of 1 questions written"));
  CHECK_FALSE(fs::exists(to + "/vma_refcnt-local.litmus"));
  const Outcome judged = lockstep::testing::lockstep({"litmus", to});
  CHECK(judged.status == 0);
  CHECK_THAT(judged.out, Catch::Contains("2 Never, 1 Sometimes, 0 Always, 0 Unknown"));
}

TEST_CASE("order draws a witness, and says why when it cannot", "[program]") {
  const Place place;
  CHECK(order({"--question", "C1", "--dot", place.file("a.dot")}).status == 0);
  CHECK_THAT(text_of(place.file("a.dot")), Catch::StartsWith("digraph witness"));
  const Outcome none = order({"--question", "lost_wakeup", "--dot", place.file("b.dot")});
  CHECK(none.status == 2);
  CHECK_THAT(none.err, Catch::Contains("no witness to draw"));
  const Outcome no_graphviz = lockstep::testing::lockstep({"order", "vma_refcnt", "--model", "lkmm", "--question", "C1", "--weaken",
                                        "StartWrite_SetState=full", "--png", place.file("c.png")},
                                       {"PATH=/nowhere"});
  CHECK(no_graphviz.status == 2);
  CHECK_THAT(no_graphviz.err, Catch::Contains("install the package 'graphviz'"));
  CHECK(std::distance(fs::directory_iterator{place.path}, fs::directory_iterator{}) == 1);
}
