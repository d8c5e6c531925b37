// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/order_questions/subject.hpp"

using namespace lockstep;
using namespace lockstep::orders;

TEST_CASE("what a question assumes is needed for it, under some model") {
  for (const QuestionSubject& subject : QuestionSubject::all()) {
    for (const Question& q : subject.questions) {
      for (const auto& [site, order] : q.orders) {
        INFO(q.name << " without " << site);
        Question bare = q;
        bare.orders.erase(site);
        CHECK(std::ranges::any_of(q.expected, [&](const auto& expected) {
          const MemoryModel model = builtin_model(expected.first);
          return judge(bare, subject.automata, model, subject.symbols).outcome ==
                 orders::Outcome::reachable;
        }));
      }
    }
  }
}

TEST_CASE("a declared order that is needed is shown by a cycle, under the declared orders") {
  const QuestionSubject& toy = QuestionSubject::toy();
  CHECK(toy.orders_needed.size() == 4);
  for (const auto& [model, recorded] : toy.orders_needed) {
    INFO(model);
    std::map<std::string, std::string> needed;
    for (const Weakening& w :
         needed_orders(toy.questions, toy.automata, builtin_model(model), toy.symbols)) {
      const std::string step = w.site + "=" + std::string{lockstep::name_of(w.weakened_to)};
      if (w.outcome == orders::Outcome::reachable) {
        needed[step] = "breaks " + w.question;
        REQUIRE(w.columns);
        CHECK_FALSE(w.columns->cycle.empty());
        CHECK(w.columns->under == "the declared orders");
      } else {
        needed[step] = w.outcome == orders::Outcome::never ? "stronger than needed" : w.reason;
      }
    }
    CHECK(needed == recorded);
  }
}
