// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/litmus_writer/round_trip.hpp"

#include <catch2/catch.hpp>

#include "tests/order_questions/subject.hpp"
#include "tests/orders/cases.hpp"

using namespace lockstep::orders;

namespace {

void same_meaning(const Program& program, const lockstep::Symbols& symbols) {
  const std::string text = written(program, symbols);
  INFO(program.name << "\n" << text);
  const Program back = read_back(text);
  for (const char* model : compared_models) {
    INFO(model);
    CHECK(meaning(back, model) == meaning(program, model));
  }
}

/// `unwritable` of the cases are refused; all others are compared.
void check(void (*add)(Cases&), int unwritable = 0) {
  Cases cases;
  add(cases);
  REQUIRE_FALSE(cases.all.empty());
  for (const Case& c : cases.all) {
    INFO(c.about);
    try {
      same_meaning(c.program, {});
    } catch (const litmus::Unwritable&) {
      --unwritable;
    }
  }
  CHECK(unwritable == 0);
}

}  // namespace

TEST_CASE("The questions of vma_refcnt mean the same as litmus tests", "[litmus]") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  REQUIRE_FALSE(subject.questions.empty());
  for (const Question& q : subject.questions) {
    same_meaning(make_program(q, subject.automata, subject.symbols), subject.symbols);
  }
}

TEST_CASE("Classical shapes mean the same as litmus tests", "[litmus]") { check(add_shapes); }
TEST_CASE("Fragments mean the same as litmus tests", "[litmus]") { check(add_fragments); }
TEST_CASE("Read-modify-writes mean the same as litmus tests", "[litmus]") {
  // A relaxed exchange that may fail, and whose new value is made from the old one.
  check(add_rmw_cases, 1);
}
TEST_CASE("Plain accesses mean the same as litmus tests", "[litmus]") { check(add_plain_cases); }
TEST_CASE("RCU means the same in litmus tests", "[litmus]") { check(add_rcu_cases); }
