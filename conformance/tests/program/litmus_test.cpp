// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <filesystem>
#include <nlohmann/json.hpp>

#include "report/document.hpp"
#include "tests/schema.hpp"
#include "toy_root.hpp"

// What `litmus` and `order` say of one test, in words, in the document and by the status.
namespace lockstep::testing {

namespace {

const std::string store_buffering =
    "C SB\n{}\nP0(int *x, int *y) { int r; WRITE_ONCE(*x, 1); r = READ_ONCE(*y); }\n"
    "P1(int *x, int *y) { int r; WRITE_ONCE(*y, 1); r = READ_ONCE(*x); }\n"
    "exists (0:r=0 /\\ 1:r=0)\n";

/// The only member of the document of `litmus FILE`.
report::Json row_of(const std::string& file, int status, const Words& more = {}) {
  Words words{"litmus", file, "--json", "-"};
  words.insert(words.end(), more.begin(), more.end());
  const Outcome outcome = lockstep(words);
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == status);
  CHECK(misfits_of("litmus", outcome.out) == "");
  const auto document = report::Json::parse(outcome.out);
  REQUIRE(document.size() == 1);
  return document[0];
}

report::Json order_of(const std::string& file, int status) {
  const Outcome outcome = lockstep({"order", file, "--model", "lkmm", "--json", "-"});
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == status);
  CHECK(misfits_of("order", outcome.out) == "");
  return report::Json::parse(outcome.out);
}

}  // namespace

TEST_CASE("An option takes the word behind it, no file and no other option") {
  const Scratch scratch;
  const std::string a = scratch / "a.litmus", b = scratch / "b.litmus";
  write_text(a, store_buffering);
  write_text(b, store_buffering);
  const Outcome both = lockstep({"litmus", "--model", "lkmm", a, b});
  CAPTURE(both.out, both.err);
  CHECK(both.status == 0);
  CHECK_THAT(both.out, Catch::Contains("0 Never, 2 Sometimes"));
  CHECK(lockstep({"order", "--model", "lkmm", a}).status == 0);
  CHECK(toy({"order", "--model", "sc", "--question", "enter_or_close", "door"}).status == 0);
  for (const std::string option : {"--json", "--dot", "--check", "--model"}) {
    check_refused(lockstep({"litmus", option, "--model=lkmm", a}), 2, "the option --model=lkmm");
    check_refused(lockstep({"litmus", a, option, "--quiet"}), 2, "the option --quiet");
    check_refused(lockstep({"litmus", a, option, "-q"}), 2, "the option -q");
  }
  CHECK_FALSE(std::filesystem::exists("--model=lkmm"));
  CHECK_FALSE(std::filesystem::exists("--quiet"));
  check_refused(lockstep({"litmus", "--json", a, b}), 2, "is a file to read");
  CHECK(text_of(a) == store_buffering);
}

TEST_CASE("What the file states is an expectation") {
  const Scratch scratch;
  const auto with = [&](const std::string& result) {
    std::string text = store_buffering;
    write_text(scratch / "t.litmus", text.insert(5, "(* Result: " + result + " *)\n"));
    return scratch / "t.litmus";
  };
  CHECK(row_of(with("Sometimes"), 0)["outcome"] == "PASS");
  const auto wrong = row_of(with("Never"), 1);
  CHECK(wrong["outcome"] == "FAIL");
  CHECK(wrong["stated"] == "never");
  CHECK_THAT(lockstep({"litmus", with("Never")}).out,
             Catch::Contains("the file says Never") && Catch::Contains("FAIL"));
  // It speaks of the kernel's model, and of no other.
  CHECK(row_of(with("Never"), 0, {"--model", "sc"})["stated"].is_null());
  write_text(scratch / "known.tsv", "test\tlkmm\nt.litmus\tSometimes\n");
  CHECK(row_of(with("Never"), 0, {"--check", scratch / "known.tsv"})["outcome"] == "PASS");
}

TEST_CASE("When nothing ends, litmus and order have one answer, with the reason") {
  const Scratch scratch;
  const std::string file = scratch / "t.litmus";
  const auto check = [&](const std::string& body, const std::string& filter,
                         const std::string& reason) {
    write_text(file, "C t\n{}\nP0(int *x) { " + body + " }\n" + filter + "exists (x=1)\n");
    CAPTURE(body);
    const auto row = row_of(file, 3);
    CHECK(row["verdict"] == "Unknown");
    CHECK(row["ends"] == false);
    CHECK(row["reason"] == reason);
    CHECK(row["outcome"] == "UNKNOWN");
    CHECK_THAT(lockstep({"litmus", file}).out,
               Catch::Contains(reason) && Catch::Contains("no execution of 1 ends"));
    const auto order = order_of(file, 3);
    CHECK(order["verdict"] == "UNKNOWN");
    CHECK(order["questions"][0]["reachable"].is_null());
    CHECK(order["questions"][0]["reason"] == reason);
    CHECK_THAT(lockstep({"order", file, "--model", "lkmm"}).out, Catch::Contains(reason));
  };
  check("spin_lock(x); spin_lock(x);", "",
        "no execution ends: a deadlock, or a filter that none passes");
  check("WRITE_ONCE(*x, 1);", "filter (x=2)\n",
        "no execution ends: a deadlock, or a filter that none passes");
  check("while (READ_ONCE(*x) == 0) ;", "", "no execution ends within 3 iterations of each loop");
  // A table that says Never says the same, where nothing was cut off.
  write_text(scratch / "known.tsv", "test\tlkmm\nt.litmus\tNever\n");
  CHECK(row_of(file, 3, {"--check", scratch / "known.tsv"})["outcome"] == "UNKNOWN");
  write_text(file, "C t\n{}\nP0(int *x) { spin_lock(x); spin_lock(x); }\nexists (x=1)\n");
  CHECK(row_of(file, 0, {"--check", scratch / "known.tsv"})["outcome"] == "PASS");
  write_text(scratch / "known.tsv", "test\tlkmm\nt.litmus\tAlways\n");
  CHECK(row_of(file, 3, {"--check", scratch / "known.tsv"})["outcome"] == "UNKNOWN");
}

TEST_CASE("A null pointer is said to be one, by litmus and order") {
  const Scratch scratch;
  const std::string file = scratch / "t.litmus";
  write_text(file,
             "C t\n{}\nP0(int **x, int *y) {\n int *p = READ_ONCE(*x);\n"
             " if (READ_ONCE(*y))\n  WRITE_ONCE(*p, 1);\n}\n"
             "P1(int *y) { WRITE_ONCE(*y, 1); }\nexists (0:p=5)\n");
  const auto row = row_of(file, 1);
  CHECK(row["verdict"] == "Never");
  CHECK(row["fault"] == "P0.L6 dereferences a null pointer");
  CHECK(row["outcome"] == "FAIL");
  const Outcome text = lockstep({"litmus", file, "--witness"});
  CHECK_THAT(text.out, Catch::Contains("t under lkmm: P0.L6 dereferences a null pointer") &&
                           Catch::Contains("; 1 with an access to no memory"));
  const auto order = order_of(file, 1);
  CHECK(order["verdict"] == "FAIL");
  CHECK(order["questions"][0]["reason"] == "P0.L6 dereferences a null pointer");
}

TEST_CASE("Two files of one name are told apart; the documents name verdict and subject") {
  const Scratch scratch;
  std::filesystem::create_directories(scratch / "a");
  std::filesystem::create_directories(scratch / "b");
  for (const std::string place : {"a/t.litmus", "b/t.litmus", "b/u.litmus"}) {
    write_text(scratch / place, store_buffering);
  }
  const Outcome outcome = lockstep({"litmus", scratch / "", "--json", "-"});
  const auto document = report::Json::parse(outcome.out);
  REQUIRE(document.size() == 3);
  CHECK(document[0]["test"] == document[1]["test"]);
  CHECK(document[0]["file"] == scratch / "a/t.litmus");
  CHECK(document[1]["file"] == scratch / "b/t.litmus");
  const Outcome text = lockstep({"litmus", scratch / ""});
  CHECK_THAT(text.out, Catch::Contains(scratch / "a/t.litmus") && Catch::Contains("\nu.litmus"));
  const auto order = order_of(scratch / "b/u.litmus", 0);
  CHECK(order["verdict"] == "PASS");
  CHECK(order["file"] == scratch / "b/u.litmus");
  const Outcome protocol =
      toy({"order", "door", "--question", "enter_or_close", "--model", "sc", "--json", "-"});
  CHECK(report::Json::parse(protocol.out)["protocol"] == "door");
  CHECK(report::Json::parse(protocol.out)["verdict"] == "PASS");
}

}  // namespace lockstep::testing
