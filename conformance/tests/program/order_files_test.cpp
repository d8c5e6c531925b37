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
