// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// The report as a user has it made.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "pages.hpp"
#include "tests/has_tlc.hpp"
#include "tests/page/browser.hpp"
#include "tests/program/toy_root.hpp"
#include "tests/skip.hpp"

namespace lockstep::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// The toy's report: a page of each kind.
void make(const std::string& folder, const Words& more = {}) {
  Words words{"report", "-o", folder};
  words.insert(words.end(), more.begin(), more.end());
  const Outcome made = toy(words);
  INFO(made.err);
  REQUIRE(made.status == 0);
}

}  // namespace

TEST_CASE("the whole is made: 75 scenarios, every link and anchor leads somewhere, under 20 MB",
          "[thorough]") {
  const Scratch scratch;
  const std::string folder = scratch / "all";
  const Outcome made = lockstep({"report", "-o", folder, "--json", scratch / "made.json"});
  INFO(made.err);
  REQUIRE(made.status == 0);
  const Json document = Json::parse(text_of(scratch / "made.json"));
  CHECK(document["bytes"] < 20'000'000);
  const auto files = files_of(folder);
  CHECK(document["pages"] == files.size() - 1);  // and contents.txt
  CHECK(wrong_links(files).empty());
  for (const std::string& wrong : wrong_links(files)) UNSCOPED_INFO(wrong);

  const std::string& gallery = files.at("scenarios/index.html");
  const Json scenarios = Json::parse(text_of(LOCKSTEP_SOURCE_DIR "/spec/scenarios.json"));
  std::size_t told = 0;
  for (const Json& scenario : scenarios["scenarios"]) {
    const std::string id = scenario["id"];
    INFO(id);
    CHECK_THAT(gallery, Catch::Contains("<article id=\"" + id + "\">"));
    CHECK(files.contains("scenarios/" + id + ".html"));
    ++told;
  }
  CHECK(told == 75);
}

TEST_CASE("a report of one protocol is whole too, and its links are found when they are wrong") {
  const Scratch scratch;
  const Outcome made = lockstep({"report", "--protocol", "maple_node", "-o", scratch / "one"});
  INFO(made.err);
  REQUIRE(made.status == 0);
  auto files = files_of(scratch / "one");
  // A behaviour without an end has its loop.
  const std::string& forever = files.at("scenarios/D11-walk.html");
  CHECK_THAT(forever, Catch::Contains("\"back_to\":") && !Catch::Contains("\"back_to\":null"));
  CHECK_THAT(files.at("scenarios/D11.html"), Catch::Contains("the last leads back"));
  for (const std::string& wrong : wrong_links(files)) UNSCOPED_INFO(wrong);
  CHECK(wrong_links(files).empty());
  // No verdict was handed over, so none is told.
  CHECK_THAT(files.at("index.html"), Catch::Contains("UNKNOWN</b> not asked"));
  CHECK_THAT(files.at("index.html"), !Catch::Contains("PASS</b>"));

  // Is a wrong one found?
  files["index.html"] +=
      "<a href=\"nowhere.html\">x</a><a href=\"proofs.html#nowhere\">x</a>"
      "<img src=\"https://example.org/x.png\">";
  CHECK(wrong_links(files).size() == 3);
}

TEST_CASE("a verdict counts for the texts it was asked of, and for no other", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  const std::string judged = scratch / "verify.json";
  const Outcome asked = toy({"verify", "--json", judged});
  REQUIRE(asked.status == 0);
  Json document = Json::parse(text_of(judged));
  make(scratch / "fresh", {"--verdicts", judged});
  const std::string fresh = files_of(scratch / "fresh").at("index.html");
  CHECK_THAT(fresh, !Catch::Contains("not asked"));
  CHECK_THAT(fresh, !Catch::Contains("other texts"));

  SECTION("of other texts nothing is taken") {
    std::string mark = document["texts"]["door"];
    mark[0] = mark[0] == '0' ? '1' : '0';
    document["texts"]["door"] = mark;
    write_text(judged, document.dump());
    make(scratch / "stale", {"--verdicts", judged});
    const std::string stale = files_of(scratch / "stale").at("index.html");
    CHECK_THAT(stale, Catch::Contains("UNKNOWN</b>"));
    CHECK_THAT(stale, Catch::Contains("asked of other texts"));
  }
  SECTION("what was not asked is unknown, what failed fails") {
    document["checks"].erase(document["checks"].begin());
    write_text(judged, document.dump());
    make(scratch / "part", {"--verdicts", judged});
    CHECK_THAT(files_of(scratch / "part").at("index.html"), Catch::Contains("UNKNOWN</b>"));
    document["checks"].front()["verdict"] = "FAIL";
    write_text(judged, document.dump());
    make(scratch / "part", {"--verdicts", judged});
    CHECK_THAT(files_of(scratch / "part").at("index.html"), Catch::Contains("FAIL</b>"));
  }
  SECTION("what is no such document is refused") {
    write_text(judged, "{}");
    const Outcome refused = toy({"report", "--verdicts", judged, "-o", scratch / "refused"});
    check_refused(refused, 2, "verify.json");
    CHECK_FALSE(fs::exists(scratch / "refused"));
  }
}

TEST_CASE("a report replaces a report, and nothing else") {
  const Scratch scratch;
  const fs::path folder = scratch / "pages";
  const auto refused = [&](const std::string& why) {
    check_refused(toy({"report", "-o", folder.string()}), 2, why);
  };
  fs::create_directory(folder);
  make(folder.string());  // it was empty
  make(folder.string());
  write_text((folder / "mine.txt").string(), "mine");
  refused("mine.txt in it is no page");
  CHECK(text_of((folder / "mine.txt").string()) == "mine");
  CHECK(fs::exists(folder / "index.html"));
  fs::remove_all(folder);
  fs::create_directory(folder);
  write_text((folder / "index.html").string(), "mine");
  refused("no report of Lockstep");
  CHECK(text_of((folder / "index.html").string()) == "mine");
  fs::remove_all(folder);
  write_text(folder.string(), "mine");
  refused("is no folder");
  CHECK(text_of(folder.string()) == "mine");
  fs::remove(folder);
  check_refused(toy({"report", "-o", (folder / "deeper").string()}), 2, "no folder");
  CHECK(fs::is_empty(folder.parent_path()));
}

TEST_CASE("a report that is stopped leaves nothing") {
  const Scratch scratch;
  double seconds = 1;
  const auto run_for = [&](double after) {
    return lockstep({"report", "-o", scratch / "pages"}, {}, after);
  };
  const Outcome outcome =
      stopped_midway(seconds, run_for, [](const Outcome& o) { return o.status == 130; });
  CHECK(outcome.status == 130);
  CHECK(fs::is_empty(scratch / "."));
}

TEST_CASE("in a browser no page of a report asks for anything, or is wider than the window") {
  const std::string program = Browser::program();
  if (program.empty()) return skip("no Chromium (apt-get install chromium)");
  const Scratch scratch;
  make(scratch / "pages");
  Browser browser(program);
  browser.size(420, 900);
  std::size_t pages = 0;
  for (const auto& [path, text] : files_of(scratch / "pages")) {
    if (!path.ends_with(".html")) continue;
    INFO(path);
    browser.open("file://" + (scratch / "pages") + "/" + path);
    ++pages;
    CHECK(browser.value("document.documentElement.scrollWidth <= innerWidth") == true);
    CHECK(browser.text("h1") != "");
  }
  CHECK(pages > 5);
  CHECK(browser.errors().empty());
  for (const std::string& request : browser.requests()) {
    CHECK_THAT(request, Catch::StartsWith("file://" + (scratch / "pages")));
  }
}

}  // namespace lockstep::testing
