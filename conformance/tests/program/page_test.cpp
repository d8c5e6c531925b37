// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// `explain --format html`, and the ways that leave a behaviour.
#include <filesystem>

#include "tests/page/page_document.hpp"
#include "toy_root.hpp"

namespace lockstep::testing {

namespace {

Outcome explain(Words more, const std::string& format) {
  Words words{"explain", "--trace", golden, "--format", format};
  words.insert(words.end(), more.begin(), more.end());
  return toy(words);
}

}  // namespace

TEST_CASE("a page of a trace needs nothing from elsewhere") {
  const Outcome outcome = explain({}, "html");
  REQUIRE(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::StartsWith("<!doctype html>") && Catch::Contains("lang=\"en\"") &&
                              Catch::Contains("default-src 'none'") &&
                              !Catch::Contains("http://") && !Catch::Contains("https://") &&
                              !Catch::Contains(" src=") && !Catch::Contains("@import") &&
                              !Catch::Contains("url(") && !Catch::Contains("{{"));
  const PageDocument page(outcome.out);
  CHECK(page.data["violated"] == "AloneOK");
  CHECK(page.data["taken"].size() == 4);
  CHECK(page.data["whole"] == true);
}

TEST_CASE("whatever text a page shows, it stays text") {
  const ToyRoot root;
  const std::string evil = "</script><!--<script>alert(1)</script> & \\\"quoted\\\"";
  root.change("spec/scenarios.json", "a reader that does not look", evil);
  root.change("spec/scenarios.json", "May a reader use", "</title><img src=x onerror=alert(2)>");
  root.change("spec/door/Door.tla", "(I-01): once the owner", "(I-01): </script><b>once the owner");
  // And the name of the file, which the page's command has.
  const std::string folder = root.file("a<");
  const std::string name = folder + "/script>'.itf.json";
  std::filesystem::create_directory(folder);
  std::filesystem::copy_file(golden, name);
  const Outcome outcome = root.run({"explain", "--trace", name, "--format", "html"});
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const PageDocument page(outcome.out);
  const std::string title = page.data["title"], command = page.data["command"];
  CHECK_THAT(title, Catch::Contains("</script><!--<script>alert(1)</script> & \"quoted\""));
  CHECK_THAT(command, Catch::Contains("a</script>'\\''.itf.json'"));
  CHECK_THAT(page.data["properties"][0]["words"].get<std::string>(),
             Catch::Contains("</script><b>once"));
  // Two elements of script, as the template has them, and no more.
  std::size_t scripts = 0, ends = 0;
  for (std::size_t at = 0; (at = outcome.out.find("<script", at)) != std::string::npos; ++at) {
    ++scripts;
  }
  for (std::size_t at = 0; (at = outcome.out.find("</script", at)) != std::string::npos; ++at) {
    ++ends;
  }
  CHECK(scripts == 2);
  CHECK(ends == 2);
  CHECK_THAT(outcome.out, !Catch::Contains("<img") && !Catch::Contains("<b>once"));
}

TEST_CASE("explain goes another way where it is told to, and says what is enabled") {
  const PageDocument page(explain({}, "html").out);
  const auto edges = page.edges(page.way(2));
  REQUIRE(edges.size() > 1);
  for (const auto& edge : edges) {
    CAPTURE(edge.step);
    const Outcome outcome = explain({"--after", "2", "--take", edge.step}, "html");
    REQUIRE(outcome.status == 0);
    const PageDocument other(outcome.out);
    CHECK(other.data["taken"].size() == 3);
    CHECK(other.data["given"] == 2);
    CHECK(other.values(other.way(3)) == page.values(static_cast<std::size_t>(edge.to)));
    CHECK(other.data["violated"] == "");
  }
  // Without the last step nothing is wrong; with it, again.
  const Outcome before = explain({"--after", "3"}, "columns");
  CHECK(before.status == 0);
  CHECK_THAT(before.out, !Catch::Contains("violated"));
  const Outcome all = explain({"--after", "3", "--take", "Enter(r1, d1)"}, "columns");
  CHECK_THAT(all.out, Catch::Contains("AloneOK is violated"));
  check_refused(explain({"--after", "2", "--take", "Nothing(r1)"}, "columns"), 2,
                "'Nothing(r1)' is not enabled after step 2; expected one of: " + edges[0].step);
  check_refused(explain({"--after", "5"}, "columns"), 2, "--after: is 5; expected at most 4");
}

}  // namespace lockstep::testing
