// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// A page of a behaviour as a reader has it: in a browser, from a file.
#include <algorithm>
#include <catch2/catch.hpp>

#include "browser.hpp"
#include "page_document.hpp"
#include "tests/program/program.hpp"
#include "tests/skip.hpp"

namespace lockstep::testing {
namespace {

/// Waits until an expression holds; addresses change a moment after what changes them.
bool comes_true(Browser& browser, const std::string& expression) {
  for (int more = 100; more > 0; --more) {
    if (browser.value(expression) == true) return true;
    usleep(50'000);
  }
  return false;
}

/// The address of the last node of a page, and the step that leads there.
std::pair<std::string, std::string> way_to_the_edge(const PageDocument& page) {
  const auto& way = page.data["way"];
  std::size_t node = page.data["nodes"].size() - 1;
  REQUIRE_FALSE(page.expanded(node));
  std::string out, last;
  while (std::find(way.begin(), way.end(), node) == way.end()) {
    const std::size_t from = page.data["nodes"][node][0];
    const auto edges = page.edges(from);
    const auto edge = std::ranges::find(edges, static_cast<long>(node), &PageDocument::Edge::to);
    if (last.empty()) last = edge->step;
    out = "." + std::to_string(edge - edges.begin()) + out;
    node = from;
  }
  return {"#" + std::to_string(std::find(way.begin(), way.end(), node) - way.begin()) + out, last};
}

std::string where(Browser& browser) {
  return browser.text("#where");
}

}  // namespace

TEST_CASE("a reader walks through S39 by keys, leaves the trace, and comes back") {
  const std::string program = Browser::program();
  if (program.empty()) return skip("no Chromium (apt-get install chromium)");
  const Scratch scratch;
  const Outcome made = lockstep({"explain", "S39", "--format", "html"});
  REQUIRE(made.status == 0);
  write_text(scratch / "s39.html", made.out);
  const std::string url = "file://" + scratch / "s39.html";
  Browser browser(program);
  browser.size(1280, 900);
  browser.open(url);

  // In less than a second; here the machine has other work.
  const double loaded = browser.value("performance.getEntriesByType('navigation')[0].domComplete");
  CHECK(loaded < 3000);

  // To the violation, by keys.
  CHECK(where(browser) == "step 0 of 43");
  CHECK_THAT(browser.text("#violated"), !Catch::Contains("RefcntOK"));
  for (int i = 0; i < 43; ++i) {
    CHECK_THAT(browser.text("#violated"), !Catch::Contains("RefcntOK"));
    browser.key("ArrowRight");
  }
  CHECK(where(browser) == "step 43 of 43");
  CHECK_THAT(browser.text("#violated"), Catch::StartsWith("✗ RefcntOK is violated"));
  CHECK_THAT(browser.text("#values td.shows"), Catch::Contains("-1") && Catch::Contains("was 0"));
  CHECK_THAT(browser.text("#said"),
             Catch::Contains("StartRead_PutDec") && Catch::Contains("Violated: RefcntOK"));
  CHECK_THAT(browser.text("#columns tr[aria-current]"), Catch::Contains("vma_refcount_put()"));
  browser.key("Home");
  CHECK(comes_true(browser, "location.hash === '#0'"));
  browser.key("End");
  CHECK(comes_true(browser, "location.hash === '#43'"));

  // What if the reader ran now? And back by the browser.
  browser.value("location.hash = '#19'");
  REQUIRE(comes_true(browser, "document.querySelector('#where').innerText === 'step 19 of 43'"));
  const std::string on_trace = browser.text("#values");
  const std::string key = browser.text("#choices a:not(.goes) kbd");
  browser.key(key);
  REQUIRE(comes_true(browser, "/^#19\\.\\d+$/.test(location.hash)"));
  CHECK(where(browser) == "step 20 of 20");
  CHECK(browser.text("#values") != on_trace);
  CHECK_THAT(browser.text("#ending"), Catch::StartsWith("Another way from step 19"));
  const std::string branch = browser.value("location.hash");
  browser.key("1");
  REQUIRE(comes_true(browser, "/^#19\\.\\d+\\.0$/.test(location.hash)"));
  browser.value("history.back()");
  REQUIRE(comes_true(browser, "location.hash === " + nlohmann::json(branch).dump()));
  browser.value("history.back()");
  REQUIRE(comes_true(browser, "location.hash === '#19'"));
  CHECK(where(browser) == "step 19 of 43");
  CHECK(browser.text("#values") == on_trace);
  browser.value("history.forward()");
  REQUIRE(comes_true(browser, "location.hash === " + nlohmann::json(branch).dump()));
  browser.key("ArrowLeft");
  CHECK(browser.value("location.hash") == branch + "@19");
  CHECK(browser.text("#values") == on_trace);
  browser.key("Escape");
  CHECK(comes_true(browser, "document.querySelector('#where').innerText === 'step 19 of 43'"));

  // A link to a branch, as somebody sends it; and one to nothing.
  browser.open("about:blank");
  browser.open(url + branch);
  CHECK(where(browser) == "step 20 of 20");
  browser.value("location.hash = '#44'");
  CHECK(comes_true(browser, "document.querySelector('#where').innerText === 'step 0 of 43'"));
  CHECK_THAT(browser.text("#found"), Catch::Contains("names no step"));

  // Search.
  browser.key("/");
  browser.type("dup_copyrefcnt");
  CHECK(browser.text("#found") == "1 hit");
  browser.key("Enter");
  CHECK(comes_true(browser, "location.hash === '#36'"));
  browser.key("Escape");

  // To where the page ends: it says how to go on.
  const auto [end, last] = way_to_the_edge(PageDocument(made.out));
  browser.value("location.hash = " + nlohmann::json(end).dump());
  REQUIRE(comes_true(browser, "document.querySelector('.edge') !== null"));
  CHECK_THAT(browser.text(".edge"), Catch::Contains("--take '" + last + "'"));
  CHECK_THAT(browser.text(".edge"), Catch::Contains("This page ends here") &&
                                        Catch::Contains("lockstep explain S39") &&
                                        Catch::Contains(" --after "));

  // Nothing is wider than a narrow screen, in either colour.
  for (const std::string scheme : {"light", "dark"}) {
    browser.colours(scheme);
    browser.size(420, 900);
    for (const std::string at : {"#0", "#43", branch.c_str()}) {
      browser.value("location.hash = " + nlohmann::json(at).dump());
      CAPTURE(scheme, at);
      CHECK(browser.value("document.documentElement.scrollWidth") == 420);
    }
  }
  CHECK(browser.value("getComputedStyle(document.body).backgroundColor") != "rgb(253, 253, 252)");

  // For who listens, and without colours.
  CHECK(browser.value("[...document.querySelectorAll('th')].every(th => th.scope)") == true);
  CHECK(browser.value("document.querySelectorAll('main, nav, header, footer').length") == 4);
  CHECK(browser.value("document.querySelector('#said').getAttribute('aria-live')") == "polite");

  for (const std::string& request : browser.requests()) {
    CAPTURE(request);
    CHECK((request.starts_with("file://") || request.starts_with("about:")));
  }
  CHECK_FALSE(browser.requests().empty());
  CHECK(browser.errors() == std::vector<std::string>{});
}

}  // namespace lockstep::testing
