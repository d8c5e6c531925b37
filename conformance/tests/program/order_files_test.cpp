// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <filesystem>

#include "toy_root.hpp"

// The files that `order` writes: litmus tests that `litmus` judges alike, and pictures.
namespace lockstep::testing {

namespace {

namespace fs = std::filesystem;

Outcome order(Words more, const Words& settings = {}) {
  more.insert(more.begin(), {"order", "door", "--model", "lkmm", "--weaken", "Enter_Mb=rmb"});
  return toy(more, settings);
}

}  // namespace

TEST_CASE("order --emit-litmus: a test for each question, that litmus judges alike", "[program]") {
  const Scratch scratch;
  const std::string to = scratch / "out/deep", reachable = to + "/door-enter_or_close.litmus";
  const Words args{"--question",     "use_before_write", "--question",
                   "enter_or_close", "--emit-litmus",    to};
  const Outcome first = order(args);
  CHECK(first.status == 1);  // weakened, what must not be is reachable
  CHECK_THAT(first.out, Catch::Contains("door-use_before_write.litmus: written"));
  CHECK_THAT(order(args).out, Catch::Contains("door-enter_or_close.litmus: as it was"));
  write_text(reachable, "mine");
  CHECK_THAT(order(args).out, Catch::Contains("door-enter_or_close.litmus: replaced"));
  CHECK(std::distance(fs::directory_iterator{to}, fs::directory_iterator{}) == 2);
  const Outcome judged = toy({"litmus", to});
  CHECK(judged.status == 0);
  CHECK_THAT(judged.out,
             Catch::Contains("1 Never, 1 Sometimes") && !Catch::Contains("the file says"));
  write_text(scratch / "file", "");
  CHECK(order({"--question", "enter_or_close", "--emit-litmus", scratch / "file"}).status == 2);
  // What it wrote can be drawn by the other command; of a test that is never there is nothing.
  CHECK(toy({"litmus", reachable, "--dot", scratch / "c1.dot"}).status == 0);
  CHECK_THAT(text_of(scratch / "c1.dot"), Catch::StartsWith("digraph witness"));
  const Outcome nothing =
      toy({"litmus", to + "/door-use_before_write.litmus", "--dot", scratch / "none.dot"});
  CHECK(nothing.status == 2);
  CHECK_THAT(nothing.err, Catch::Contains("no witness to draw"));
}

TEST_CASE("order writes only what litmus reads and judges alike", "[program]") {
  const ToyRoot root;
  const std::string to = root.file("out"), questions = "spec/door/questions/";
  // Names are numbers there, above all that the test comes to.
  std::string large = root.text(questions + "write_before_use.question");
  large.replace(large.find("data[d1] = 0"), 12, "data[d1] = 400000");
  large.replace(large.find("reader.Use = 0"), 14, "reader.Use = 400000 /\\ reader.at = d1");
  root.write(questions + "large.question", large);
  // A condition that nests deeper than a litmus test may.
  std::string deep = root.text(questions + "enter_or_close.question");
  deep = deep.substr(0, deep.find("forbidden:")) + "forbidden: reader.Look";
  for (int i = 0; i < 250; ++i) deep += " + reader.Look";
  root.write(questions + "deep.question", deep + " = 251 /\\ owner.Drain = 0\n");
  const auto run = [&](const Words& names) {
    Words words{"order", "door", "--model", "lkmm", "--model", "sc", "--emit-litmus", to};
    for (const std::string& q : names) words.insert(words.end(), {"--question", q});
    return root.run(words);
  };
  const Outcome written = run({"large", "enter_or_close", "use_before_write"});
  CAPTURE(written.out, written.err);
  CHECK(written.status == 0);
  CHECK_THAT(written.out, Catch::Contains("3 of 3 questions written"));
  const Outcome refused = run({"deep"});
  CAPTURE(refused.out);
  CHECK(refused.status == 3);
  CHECK_THAT(refused.out, Catch::Contains("door-deep.litmus: UNKNOWN, not written: ") &&
                              Catch::Contains("nesting this deep is not supported") &&
                              Catch::Contains("0 of 1 questions written"));
  CHECK_FALSE(fs::exists(to + "/door-deep.litmus"));
  const Outcome judged = toy({"litmus", to});
  CHECK(judged.status == 0);
  CHECK_THAT(judged.out, Catch::Contains("3 Never, 0 Sometimes, 0 Always, 0 Unknown"));
}

TEST_CASE("order draws a witness, and says why when it cannot", "[program]") {
  const Scratch scratch;
  const auto files = [&] {
    return std::distance(fs::directory_iterator{scratch / ""}, fs::directory_iterator{});
  };
  order({"--question", "enter_or_close", "--dot", scratch / "a.dot"});
  CHECK_THAT(text_of(scratch / "a.dot"), Catch::StartsWith("digraph witness"));
  const Outcome none = toy({"order", "door", "--model", "lkmm", "--weaken", "Leave=release",
                            "--question", "use_before_write", "--dot", scratch / "b.dot"});
  CHECK(none.status == 2);
  CHECK_THAT(none.err, Catch::Contains("no witness to draw"));
  const Outcome no_graphviz =
      order({"--question", "enter_or_close", "--png", scratch / "c.png"}, {"PATH=/nowhere"});
  CHECK(no_graphviz.status == 2);
  CHECK_THAT(no_graphviz.err, Catch::Contains("install the package 'graphviz'"));
  CHECK(files() == 1);
}

}  // namespace lockstep::testing
