// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "orders/placements/fixed.hpp"
#include "orders/placements/needs.hpp"
#include "tests/order_questions/subject.hpp"

using namespace lockstep;
using namespace lockstep::orders;

namespace {

/// The questions that are Never under the model, with their declared orders open.
std::vector<AskedQuestion> asked(const std::string& model, Opening which = Opening::declared) {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  std::vector<AskedQuestion> out;
  for (const Question& q : subject.questions) {
    if (q.expected.at(model)) continue;
    out.push_back({q.name, open_question(q, subject.automata, subject.symbols, which), q.orders});
  }
  return out;
}

const std::vector<std::string> models{"sc", "tso", "armv8", "lkmm", "rc11"};

}  // namespace

TEST_CASE("audit: a site needs its declared order iff a step below breaks a question") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  for (const std::string& model : models) {
    if (model == "sc") continue;
    std::map<std::string, bool> needed;
    for (const auto& [step, verdict] : subject.orders_needed.at(model)) {
      if (verdict != "stronger than needed") needed[step.substr(0, step.find('='))] = true;
    }
    for (const SiteNeed& n : site_needs(asked(model), builtin_model(model))) {
      INFO(n.site << " under " << model);
      CHECK(n.reason.empty());
      REQUIRE(n.weakest.size() == 1);
      CHECK((n.weakest.front() == n.declared) == needed[n.site]);
      CHECK(n.questions.empty() == !needed[n.site]);
      if (!needed[n.site]) CHECK(n.weakest.front().empty());
    }
  }
}

TEST_CASE("audit: barriers of a wake-up pair with each other") {
  for (const SiteNeed& n : site_needs(asked("lkmm"), builtin_model("lkmm"))) {
    if (n.site == "Put_WakeMb") {
      CHECK(n.fence);
      CHECK(n.questions == std::vector<std::string>{"lost_wakeup"});
      CHECK(n.pairs_with == std::vector<std::string>{"writer.StartWrite_SetState"});
    }
    if (n.site == "StartWrite_SetState") {
      CHECK_FALSE(n.fence);
      CHECK(n.pairs_with == std::vector<std::string>{"reader.Put_WakeMb"});
    }
  }
}

TEST_CASE("audit: a release pairs with the dependency of who reads it") {
  for (const SiteNeed& n : site_needs(asked("lkmm"), builtin_model("lkmm"))) {
    if (n.site != "Store_Tree") continue;
    CHECK_THAT(n.pairs_with, Catch::VectorContains(std::string{"reader.Lookup_Walk (dependency)"}));
  }
}

TEST_CASE("audit: a release pairs with an acquire, declared or assumed, and with no release") {
  using Names = std::vector<std::string>;
  std::map<std::string, Names> lkmm, armv8;
  for (const SiteNeed& n : site_needs(asked("lkmm"), builtin_model("lkmm"))) {
    lkmm[n.site] = n.pairs_with;
  }
  for (const SiteNeed& n : site_needs(asked("armv8"), builtin_model("armv8"))) {
    armv8[n.site] = n.pairs_with;
  }
  CHECK(lkmm["Attach_SetRefcnt"] == Names{"reader.StartRead_IncRef"});
  CHECK(lkmm["StartWrite_ClearFlag"] == Names{"reader.StartRead_IncRef"});
  CHECK(lkmm["Put_Dec"] ==
        Names{"writer.Detach_Dec (dependency)", "writer.StartWrite_CheckCount (assumed)"});
  // There the branch does what the acquire is assumed for.
  CHECK(armv8["Put_Dec"] ==
        Names{"writer.Detach_Dec (dependency)", "writer.StartWrite_CheckCount (dependency)"});
}

TEST_CASE("audit: under sc no order is needed, and the declared ones are below no placement") {
  for (const SiteNeed& n : site_needs(asked("sc"), builtin_model("sc"))) {
    INFO(n.site);
    CHECK(n.weakest == std::vector<std::vector<SiteOrder>>{{}});
  }
}

TEST_CASE("audit: a site that no question comes to is not called unneeded") {
  std::vector<AskedQuestion> questions;
  for (AskedQuestion& q : asked("lkmm")) {
    if (q.name != "lost_wakeup") continue;
    for (Event& e : q.opened.program.events) {
      if (e.site == "Put_WakeMb") e.guard = term::constant(0);
    }
    questions.push_back(std::move(q));
  }
  for (const SiteNeed& n : site_needs(questions, builtin_model("lkmm"))) {
    if (n.site == "Put_WakeMb") CHECK_FALSE(n.reason.empty());
  }
}

TEST_CASE("audit: opening the declared orders changes no question") {
  const QuestionSubject& subject = QuestionSubject::vma_refcnt();
  for (const Question& q : subject.questions) {
    const Program whole = make_program(q, subject.automata, subject.symbols);
    for (const Opening which : {Opening::declared, Opening::also_relaxed}) {
      const Opened o = open_question(q, subject.automata, subject.symbols, which);
      const Program again = with_orders(o.program, o.lattice, o.declared);
      INFO(q.name);
      CHECK(text(again, subject.symbols) == text(whole, subject.symbols));
    }
  }
}

TEST_CASE("minimal: the placements of the protocol, and the declared one above them") {
  for (const std::string& name : models) {
    const MemoryModel model = builtin_model(name);
    std::vector<MinimalOrders> parts;
    OrderLattice all;
    std::vector<SiteOrder> declared;
    for (const AskedQuestion& q : asked(name)) {
      parts.push_back(minimal_orders(q.opened.program, model));
      const Recheck again = recheck(parts.back(), {q.opened.program}, model);
      CHECK(again.wrong == std::vector<std::string>{});
      for (const SiteOrder& o : q.opened.lattice.written(q.opened.declared)) declared.push_back(o);
    }
    const MinimalOrders found = joined(parts);
    INFO(name);
    CHECK(found.complete);
    Placement whole = found.lattice.weakest();
    for (const SiteOrder& o : declared) whole[found.lattice.find(o)] = true;
    whole = found.lattice.closed(whole);
    CHECK(std::ranges::any_of(found.placements, [&](const auto& p) { return within(p, whole); }));
  }
}
