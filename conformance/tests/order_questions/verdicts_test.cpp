// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "model/verdict.hpp"
#include "tests/order_questions/subject.hpp"
#include "tests/schema.hpp"

using namespace lockstep;
using namespace lockstep::orders;

TEST_CASE("vma_refcnt: each question has the verdict that the manifest expects under each model") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  using Names = std::set<std::string>;
  std::map<std::string, Names> reachable;
  for (const Question& q : subject.questions) {
    CHECK_FALSE(q.words.empty());
    for (const char* model : {"sc", "tso", "armv8", "lkmm", "rc11"}) {
      INFO(q.name << " under " << model);
      const Judgement j = subject.ask(q.name, model);
      INFO(j.reason);
      CHECK(j.outcome != orders::Outcome::unknown);
      CHECK(j.verdict == Verdict::pass);
      if (j.outcome == orders::Outcome::reachable) reachable[model].insert(q.name);
    }
  }
  CHECK(reachable == std::map<std::string, Names>{{"lkmm", {"C1", "C4"}},
                                                  {"rc11", {"publication_by_tree", "C4"}}});
}

TEST_CASE("vma_refcnt: C1 and C4 are each mended by one store, C1 also by an acquire") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  const auto outcome = [&](const char* name, const Overrides& orders) {
    return subject.ask(name, "lkmm", orders).outcome;
  };
  CHECK(outcome("C1", {{"Modify_Begin", Order::once}}) == orders::Outcome::never);
  CHECK(outcome("C1", {{"StartWrite_CheckCount", Order::acquire}}) == orders::Outcome::never);
  CHECK(outcome("C4", {{"MmapUnlock_SeqEnd", Order::once}}) == orders::Outcome::never);
  CHECK(outcome("C4", {{"MmapUnlock_SeqEnd", Order::release}}) == orders::Outcome::never);
}

TEST_CASE("vma_refcnt: what a question assumes is needed for it") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  for (const Question& q : subject.questions) {
    for (const auto& [site, order] : q.orders) {
      INFO(q.name << " without " << site);
      Question bare = q;
      bare.orders.erase(site);
      std::set<std::string> broken;
      for (const auto& [model, expected] : q.expected) {
        const Judgement j = judge(bare, subject.automata, builtin_model(model), subject.symbols);
        if (j.outcome == orders::Outcome::reachable) broken.insert(model);
      }
      // The tree needs its acquire only where a dependency orders nothing.
      CHECK(broken.contains(site == "Lookup_Walk" ? "rc11" : "lkmm"));
    }
  }
}

TEST_CASE("vma_refcnt: each declared order is needed or not, as is recorded") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  for (const auto& [model, expected] : subject.orders_needed) {
    INFO(model);
    std::map<std::string, std::string> needed;
    for (const Weakening& w : needed_orders(subject.questions, subject.automata,
                                            builtin_model(model), subject.symbols)) {
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
    CHECK(needed == expected);
  }
  CHECK(subject.orders_needed.size() == 4);
}
