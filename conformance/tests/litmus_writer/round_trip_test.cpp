// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/litmus_writer/round_trip.hpp"

#include <algorithm>
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

/// Cases that are refused say one of `unwritable`; all others are compared.
void check(void (*add)(Cases&), const std::vector<std::string>& unwritable = {}) {
  Cases cases;
  add(cases);
  REQUIRE_FALSE(cases.all.empty());
  for (const Case& c : cases.all) {
    INFO(c.about);
    try {
      same_meaning(c.program, {});
    } catch (const litmus::Unwritable& u) {
      const std::string why = u.what();
      INFO(c.program.name << ": " << why);
      CHECK(std::ranges::any_of(unwritable, [&why](const std::string& known) {
        return why.find(known) != std::string::npos;
      }));
    }
  }
}

}  // namespace

TEST_CASE("The questions of each protocol mean the same as litmus tests", "[litmus]") {
  REQUIRE_FALSE(QuestionSubject::all().empty());
  for (const QuestionSubject& subject : QuestionSubject::all()) {
    for (const Question& q : subject.questions) {
      same_meaning(make_program(q, subject.automata, subject.symbols), subject.symbols);
    }
  }
}

TEST_CASE("Classical shapes mean the same as litmus tests", "[litmus]") {
  check(add_shapes);
}
TEST_CASE("Fragments mean the same as litmus tests", "[litmus]") {
  check(add_fragments);
}
TEST_CASE("Read-modify-writes mean the same as litmus tests", "[litmus]") {
  // A relaxed exchange that may fail, and whose new value is made from the old one.
  check(add_rmw_cases, {"an exchange that may fail and whose new value depends on the old one",
                        "a read-modify-write that is acq_rel"});
}
TEST_CASE("Plain accesses mean the same as litmus tests", "[litmus]") {
  check(add_plain_cases, {"an access of C11 in the kernel's dialect"});
}
TEST_CASE("RCU means the same in litmus tests", "[litmus]") {
  check(add_rcu_cases);
}
TEST_CASE("SRCU means the same in litmus tests", "[litmus]") {
  check(add_srcu_cases, {"an unlock of SRCU without the value of one lock"});
}
TEST_CASE("Locks mean the same in litmus tests", "[litmus]") {
  check(add_lock_cases, {"a lock that is held at the start"});
}
TEST_CASE("Accesses between others mean the same in litmus tests", "[litmus]") {
  check(add_bounds_cases);
}
TEST_CASE("What ARMv8 has of its own means the same in litmus tests", "[litmus]") {
  check(add_arm_cases);
}
