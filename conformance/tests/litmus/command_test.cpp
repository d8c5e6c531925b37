// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/program/program.hpp"

#include <filesystem>

#include "tests/schema.hpp"

// `lockstep litmus` as a user runs it.
namespace lockstep::testing {

namespace {

const std::string buffering =
    "C sb\n(* Result: Never *)\n{}\nP0(int *x, int *y) { WRITE_ONCE(*x, 1); r = READ_ONCE(*y); }\n"
    "P1(int *x, int *y) { WRITE_ONCE(*y, 1); r = READ_ONCE(*x); }\nexists (0:r=0 /\\ 1:r=0)\n";
const std::string racy =
    "C race\n{}\nP0(int *x) { *x = 1; }\nP1(int *x) { int r = *x; }\nexists (1:r=2)\n";

void write_tests(const Scratch& scratch) {
  std::filesystem::create_directory(scratch / "sub");
  write_text(scratch / "sub/sb.litmus", buffering);
  write_text(scratch / "race.litmus", racy);
  write_text(scratch / "other.txt", "no test");
}

void has(const std::string& text, const std::string& part) {
  CHECK_THAT(text, Catch::Contains(part));
}

}  // namespace

TEST_CASE("litmus decides the tests below a directory") {
  const Scratch scratch;
  write_tests(scratch);
  const Outcome o = lockstep({"litmus", scratch / "", "--model", "lkmm", "--model", "sc"});
  CHECK(o.status == 1);  // for the file itself says Never
  has(o.out, "sb.litmus    lkmm   Sometimes");
  has(o.out, "sb.litmus    sc     Never");
  has(o.out, "the file says Never");
  has(o.out, "race.litmus  lkmm   Never      race");
  has(o.out, "FAIL, 3 Never, 1 Sometimes, 0 Always, 0 Unknown; 1 with a data race; 1 not what");
  CHECK(o.out.find("race.litmus") < o.out.find("sb.litmus"));
  const Outcome json = lockstep({"litmus", scratch / "", "--jobs", "2", "--json", "-"});
  CHECK(json.status == 1);
  CHECK(misfits_of("litmus", json.out) == "");
  const report::Json document = report::Json::parse(json.out);
  REQUIRE(document.size() == 2);
  CHECK(document[0]["outcome"] == "PASS");
  CHECK(document[1]["outcome"] == "FAIL");
  CHECK(document[1]["stated"] == "never");
  CHECK(document[1]["file"] == scratch / "sub/sb.litmus");
  CHECK(document[0]["test"] == "race.litmus");
  CHECK(document[0]["race"] == true);
  CHECK(document[1]["verdict"] == "Sometimes");
}

TEST_CASE("litmus says what it takes as 0") {
  const Scratch scratch;
  write_text(scratch / "t.litmus", "C t\n{}\nP0(int *x) { int r1 = *x; }\nexists (0:rl=1)\n");
  has(lockstep({"litmus", scratch / "t.litmus"}).out, "0, for nothing assigns it: 0:rl");
}

TEST_CASE("litmus compares with a table") {
  const Scratch scratch;
  write_tests(scratch);
  const auto check = [&](const std::string& table, int status, const std::string& words) {
    INFO(table);
    write_text(scratch / "known.tsv", table);
    const Outcome o = lockstep({"litmus", scratch / "", "--check", scratch / "known.tsv"});
    CHECK(o.status == status);
    has(o.out, words);
  };
  const std::string titles = "test\tlkmm\tlkmm_race\n";
  check(titles + "sb.litmus\tSometimes\t0\nrace.litmus\tNever\t1\ngone.litmus\tNever\t0\n", 0,
        "2 verdicts compared, 0 differ; 0 tests are not in the table, 1 tests of the table");
  check(titles + "sb.litmus\tNever\t0\nrace.litmus\tNever\t1\n", 1, "expected Never");
  check(titles + "sb.litmus\tSometimes\t1\nrace.litmus\tNever\t1\n", 1, "expected a race");
  check(titles + "race.litmus\tNever\t0\n", 1, "expected no race");
  check(titles + "sb.litmus\t-\t-\n", 3, "0 verdicts compared, 0 differ; 1 tests are not");
  write_text(scratch / "later.litmus", "C l\n{}\nP0(int *x) { frob(x); }\nexists (x=1)\n");
  check(titles + "sb.litmus\tSometimes\t0\nlater.litmus\tNever\t0\n", 3,
        "later.litmus:3:14: the function 'frob' is not supported");
  // A test that the table does not know is listed where we do not know it either, and no more.
  check(titles + "sb.litmus\tSometimes\t0\n", 0,
        "later.litmus:3:14: the function 'frob' is not supported");
}

TEST_CASE("litmus says what it cannot read or decide") {
  const Scratch scratch;
  write_text(scratch / "bad.litmus", "C bad\n{}\nP0(int *x) { *x = ; }\nexists (x=1)\n");
  write_text(scratch / "dead.litmus",
             "C dead\n{}\nP0(int *x) { spin_lock(x); spin_lock(x); }\nexists (x=1)\n");
  const std::string why = "bad.litmus:3:19: ';'; expected an expression";
  check_refused(lockstep({"litmus", scratch / "bad.litmus"}), 2, why);
  const Outcome both = lockstep({"litmus", scratch / ""});
  CHECK(both.status == 2);
  has(both.out, why);
  has(both.out, "no execution ends: a deadlock, or a filter that none passes");
  has(both.out, "UNKNOWN, 0 Never, 0 Sometimes, 0 Always, 2 Unknown");
  check_refused(lockstep({"litmus", scratch / "none"}), 2, "is not there; expected a litmus test");
  std::filesystem::create_directory(scratch / "empty");
  check_refused(lockstep({"litmus", scratch / "empty"}), 2, "holds no file *.litmus");
  write_text(scratch / "loop.litmus",
             "C loop\n{}\nP0(int *x) { while (READ_ONCE(*x)) ; }\nexists (x=1)\n");
  const Outcome loop = lockstep({"litmus", scratch / "loop.litmus"});
  CHECK(loop.status == 0);
  has(loop.out, "1 with loops unrolled 3 times");
  write_text(scratch / "wait.litmus",
             "C wait\n{}\nP0(int *x) { for (i = 0; READ_ONCE(*x) == 0; i++) ; }\n"
             "P1(int *x) { WRITE_ONCE(*x, 1); }\nexists (0:i=5)\n");
  has(lockstep({"litmus", scratch / "wait.litmus"}).out, "of 3 iterations of each loop");
  write_text(scratch / "late.litmus",
             "C late\n{}\nP0(int *x, int *y) { for (i = 0; READ_ONCE(*x) == 0; i++) ; "
             "if (i == 5) *y = 1; }\n"
             "P1(int *x, int *y) { WRITE_ONCE(*x, 1); *y = 2; }\nexists (0:i=1)\n");
  has(lockstep({"litmus", scratch / "late.litmus"}).out, "of 3 iterations of each loop");
  const Outcome json = lockstep({"litmus", scratch / "wait.litmus", "--json", "-"});
  CHECK(misfits_of("litmus", json.out) == "");
  CHECK(report::Json::parse(json.out)[0]["loops_cut"] == true);
}

TEST_CASE("litmus shows an execution where the condition holds, and a race") {
  const Scratch scratch;
  write_tests(scratch);
  const Outcome o = lockstep({"litmus", scratch / "", "--witness"});
  CHECK(o.status == 1);
  has(o.out, "sb under lkmm: the condition holds\n");
  has(o.out, "not possible under sc");
  has(o.out, "race under lkmm: a data race");
}

}  // namespace lockstep::testing
