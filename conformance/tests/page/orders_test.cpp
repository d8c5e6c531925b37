// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// What a page of orders says of each combination is what the judge of orders says of it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "browser.hpp"
#include "claims/judges.hpp"
#include "page_document.hpp"
#include "tests/program/program.hpp"
#include "tests/skip.hpp"

namespace lockstep::testing {
namespace {

using Numbers = std::vector<int>;

const std::string question = "publication_at_attach";

std::string page() {
  const Outcome made =
      lockstep({"order", "vma_refcnt", "--question", question, "--format", "html"});
  INFO(made.err);
  REQUIRE(made.status == 0);
  return made.out;
}

bool within(const Numbers& a, const Numbers& b) {
  return std::ranges::all_of(a, [&](int order) { return std::ranges::find(b, order) != b.end(); });
}

/// Every combination of levels: its orders as numbers, and as they stand behind --weaken.
struct Combination {
  Numbers placement;
  orders::Overrides overrides;
};
std::vector<Combination> combinations(const Json& data) {
  std::vector<Combination> out{{}};
  for (const Json& site : data["sites"]) {
    std::vector<Combination> next;
    for (const Combination& before : out) {
      for (const Json& level : site["levels"]) {
        Combination with = before;
        for (const int order : level[1]) with.placement.push_back(order);
        std::string word = level[0];
        if (word == "acquire+release") word = "acq_rel";
        const std::string name = site["name"];
        with.overrides[name] = orders::parse_override(name + "=" + word).second;
        next.push_back(std::move(with));
      }
    }
    out = std::move(next);
  }
  return out;
}

}  // namespace

TEST_CASE("a page of orders judges each combination as the judge does") {
  const std::string text = page();
  CHECK(text.size() < 1'500'000);
  const Json data = Json::parse(document_text(text));
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  const OrderSubject subject = OrderSubject::of(manifest, "vma_refcnt");
  const auto asked = std::ranges::find(subject.questions, question, &orders::Question::name);
  REQUIRE(asked != subject.questions.end());
  const auto all = combinations(data);
  REQUIRE(all.size() == 20);
  REQUIRE(data["models"].size() == 5);
  for (const Json& model : data["models"]) {
    const orders::MemoryModel memory = orders::find_model(model["name"]);
    if (memory.name == "sc" || memory.name == "rc11") continue;
    std::size_t reachable = 0;
    for (const Combination& c : all) {
      CAPTURE(memory.name, c.placement);
      const bool safe = std::ranges::any_of(
          model["minimal"], [&](const Json& m) { return within(m.get<Numbers>(), c.placement); });
      const auto judged =
          orders::judge(*asked, subject.automata, memory, subject.symbols, c.overrides);
      CHECK((judged.outcome == orders::Outcome::never) == safe);
      // And for each that is not safe there is a witness.
      CHECK(std::ranges::any_of(model["witnesses"], [&](const Json& w) {
              return within(c.placement, w["placement"].get<Numbers>());
            }) == !safe);
      if (!safe) ++reachable;
    }
    CHECK((reachable > 0) == (memory.name != "tso"));
  }
}

TEST_CASE("a page of orders is of one question") {
  for (const Words& more : {Words{}, Words{"--question", question, "--question", "reuse"},
                            Words{"--question", question, "--weaken", "StartRead_IncRef=once"}}) {
    Words words{"order", "vma_refcnt", "--format", "html"};
    words.insert(words.end(), more.begin(), more.end());
    check_refused(lockstep(words), 2, "--format html: is a page of one question");
  }
}

TEST_CASE("a barrier that is switched off changes the verdict at once") {
  const std::string program = Browser::program();
  if (program.empty()) return skip("no Chromium (apt-get install chromium)");
  const Scratch scratch;
  write_text(scratch / "page.html", page());
  Browser browser(program);
  browser.size(1280, 900);
  browser.open("file://" + scratch / "page.html");
  const auto verdict = [&](const std::string& wanted) {
    for (int more = 100; more > 0; --more) {
      if (browser.text("#verdict").find(wanted) != std::string::npos) return true;
      usleep(50'000);
    }
    return false;
  };
  const auto choose = [&](const std::string& name, const std::string& text) {
    browser.value("[...document.querySelectorAll('input[name=" + name +
                  "]')].find(i => i.parentNode.innerText.trim() === '" + text + "').click()");
  };
  CHECK(verdict("Never under lkmm"));
  choose("StartRead_IncRef", "once");
  CHECK(verdict("Reachable under lkmm"));
  CHECK_THAT(browser.text("#witness"),
             Catch::Contains("StartRead_IncRef (declared acquire, here once) keeps"));
  CHECK_THAT(browser.value("location.hash").get<std::string>(),
             Catch::Contains("StartRead_IncRef=once"));
  choose("model", "tso");
  CHECK(verdict("Never under tso"));
  choose("model", "armv8");
  CHECK(verdict("Reachable under armv8"));
  browser.value("document.querySelector('#minimal button').click()");
  CHECK(verdict("Never under armv8"));
  browser.value("history.back()");
  CHECK(verdict("Reachable under armv8"));
  browser.size(420, 900);
  CHECK(browser.value("document.documentElement.scrollWidth") == 420);
  for (const std::string& request : browser.requests()) {
    CAPTURE(request.substr(0, 80));
    CHECK((request.starts_with("file://") || request.starts_with("about:") ||
           request.starts_with("data:")));
  }
  CHECK(browser.errors() == std::vector<std::string>{});
}

}  // namespace lockstep::testing
