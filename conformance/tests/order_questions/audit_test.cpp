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

/// The questions of a subject that are Never under the model, with their declared orders open.
std::vector<AskedQuestion> asked(const QuestionSubject& subject, const std::string& model,
                                 Opening which = Opening::declared) {
  std::vector<AskedQuestion> out;
  for (const Question& q : subject.questions) {
    if (q.expected.at(model)) continue;
    out.push_back({q.name, open_question(q, subject.automata, subject.symbols, which), q.orders});
  }
  return out;
}

const std::vector<std::string> models{"sc", "tso", "armv8", "lkmm", "rc11"};

/// What the toy's orders pair with, by site.
std::map<std::string, SiteNeed> needs_of_toy(const std::string& model) {
  std::map<std::string, SiteNeed> out;
  for (const SiteNeed& n : site_needs(asked(QuestionSubject::toy(), model), builtin_model(model))) {
    out[n.site] = n;
  }
  return out;
}

}  // namespace

TEST_CASE("audit: a site needs its declared order iff a step below breaks a question") {
  for (const QuestionSubject& subject : QuestionSubject::all()) {
    for (const std::string& model : models) {
      if (model == "sc") continue;
      std::map<std::string, bool> needed;
      for (const auto& [step, verdict] : subject.orders_needed.at(model)) {
        if (verdict != "stronger than needed") needed[step.substr(0, step.find('='))] = true;
      }
      for (const SiteNeed& n : site_needs(asked(subject, model), builtin_model(model))) {
        INFO(n.site << " under " << model);
        CHECK(n.reason.empty());
        REQUIRE(n.weakest.size() == 1);
        CHECK((n.weakest.front() == n.declared) == needed[n.site]);
        CHECK(n.questions.empty() == !needed[n.site]);
        if (!needed[n.site]) CHECK(n.weakest.front().empty());
      }
    }
  }
}

TEST_CASE("audit: barriers pair with each other, a release with an acquire, or with a dependency") {
  using Names = std::vector<std::string>;
  std::map<std::string, SiteNeed> lkmm = needs_of_toy("lkmm");
  CHECK(lkmm["Enter_Mb"].fence);
  CHECK(lkmm["Enter_Mb"].questions == Names{"enter_or_close"});
  CHECK(lkmm["Enter_Mb"].pairs_with == Names{"owner.Close_Mb"});
  CHECK(lkmm["Close_Mb"].pairs_with == Names{"reader.Enter_Mb"});
  CHECK_FALSE(lkmm["Open"].fence);
  CHECK(lkmm["Open"].pairs_with == Names{"reader.Look"});
  CHECK(lkmm["Look"].pairs_with == Names{"owner.Open"});
  CHECK(lkmm["Leave"].pairs_with == Names{"owner.Drain (dependency)"});
  // Where the one reads what the other writes first, its order is not needed.
  CHECK(needs_of_toy("tso")["Enter_Mb"].pairs_with.empty());
}

TEST_CASE("audit: under sc no order is needed, and the declared ones are below no placement") {
  for (const QuestionSubject& subject : QuestionSubject::all()) {
    for (const SiteNeed& n : site_needs(asked(subject, "sc"), builtin_model("sc"))) {
      INFO(n.site);
      CHECK(n.weakest == std::vector<std::vector<SiteOrder>>{{}});
    }
  }
}

TEST_CASE("audit: a site that no question comes to is not called unneeded") {
  std::vector<AskedQuestion> questions;
  for (AskedQuestion& q : asked(QuestionSubject::toy(), "lkmm")) {
    if (q.name != "enter_or_close") continue;
    for (Event& e : q.opened.program.events) {
      if (e.site == "Enter_Mb") e.guard = term::constant(0);
    }
    questions.push_back(std::move(q));
  }
  REQUIRE(questions.size() == 1);
  bool met = false;
  for (const SiteNeed& n : site_needs(questions, builtin_model("lkmm"))) {
    if (n.site != "Enter_Mb") continue;
    CHECK_FALSE(n.reason.empty());
    met = true;
  }
  CHECK(met);
}

TEST_CASE("audit: opening the declared orders changes no question") {
  for (const QuestionSubject& subject : QuestionSubject::all()) {
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
}

TEST_CASE("minimal: the placements of a protocol, and the declared one above them") {
  for (const QuestionSubject& subject : QuestionSubject::all()) {
    for (const std::string& name : models) {
      const MemoryModel model = builtin_model(name);
      std::vector<MinimalOrders> parts;
      OrderLattice all;
      std::vector<SiteOrder> declared;
      for (const AskedQuestion& q : asked(subject, name)) {
        parts.push_back(minimal_orders(q.opened.program, model));
        const Recheck again = recheck(parts.back(), {q.opened.program}, model);
        CHECK(again.wrong == std::vector<std::string>{});
        const auto written = q.opened.lattice.written(q.opened.declared);
        declared.insert(declared.end(), written.begin(), written.end());
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
}
