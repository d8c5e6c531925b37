// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <nlohmann/json.hpp>
#include <sstream>

#include "report/text.hpp"
#include "tests/schema.hpp"
#include "toy_root.hpp"

// `order`, of the protocol and of litmus tests.
namespace lockstep::testing {

namespace {

const char* const message_passing = R"(C mp
{}
P0(int *data, int *flag)
{
  WRITE_ONCE(*data, 1);
  smp_wmb();
  WRITE_ONCE(*flag, 1);
}
P1(int *data, int *flag)
{
  int r0;
  int r1;
  r0 = smp_load_acquire(flag);
  r1 = READ_ONCE(*data);
}
exists (1:r0=1 /\ 1:r1=0)
)";

const char* const with_sites = R"(C mp_sites
{}
P0(int *data, int *flag)
{
  WRITE_ONCE(*data, 1);
  site_fence(F1);
  site_store(S1, flag, 1);
}
P1(int *data, int *flag)
{
  int r0;
  int r1;
  r0 = site_load(L1, flag);
  site_fence(F2);
  r1 = READ_ONCE(*data);
}
exists (1:r0=1 /\ 1:r1=0)
)";

/// The table of sites that a text has, without the blanks that make it a code block.
std::string audit_in(const std::string& text, std::size_t indent) {
  std::istringstream in{text};
  std::string out;
  bool within = false;
  for (std::string line; std::getline(in, line);) {
    line.erase(0, std::min(indent, line.size()));
    if (line.starts_with("site ")) within = true;
    if (line.empty() || line.starts_with("PASS")) within = false;
    if (within) out += line + "\n";
  }
  return out;
}

nlohmann::json document(const Words& words, int status = 0) {
  Words with = words;
  with.insert(with.end(), {"--json", "-"});
  const Outcome outcome = lockstep(with);
  INFO(outcome.err);
  REQUIRE(outcome.status == status);
  CHECK(misfits_of("order", outcome.out) == "");
  return nlohmann::json::parse(outcome.out);
}

}  // namespace

TEST_CASE("order: the table of orders in a protocol's README is what the command prints") {
  std::size_t tables = 0;
  for (const auto& folder : std::filesystem::directory_iterator(LOCKSTEP_SOURCE_DIR "/spec")) {
    const std::string name = folder.path().filename().string();
    const std::string readme = text_of((folder.path() / "README.md").string());
    const std::size_t from = readme.find("<!-- order " + name + ": begin -->"),
                      to = readme.find("<!-- order " + name + ": end -->");
    if (from == std::string::npos) continue;
    CAPTURE(name);
    REQUIRE(from < to);
    const Outcome outcome = lockstep({"order", name});
    CHECK(outcome.status == 0);
    const std::string table = audit_in(readme.substr(from, to - from), 4);
    CHECK(table == audit_in(outcome.out, 0));
    CHECK(std::ranges::count(table, '\n') > 20);
    ++tables;
  }
  CHECK(tables > 0);
}

TEST_CASE("order: of a litmus test, which of its orders are needed") {
  const Scratch scratch;
  const std::string file = scratch / "mp.litmus";
  write_text(file, message_passing);
  const auto all = document({"order", file});
  CHECK(all["questions"].size() == 5);
  for (const auto& question : all["questions"]) CHECK(question["reachable"] == false);
  for (const auto& site : all["sites"]) {
    const bool fence = site["declared"] == "wmb";
    CHECK((fence || site["declared"] == "acquire"));
    CHECK(site["needed"]["sc"] == (fence ? "none" : "once"));
    CHECK(site["needed"]["tso"] == (fence ? "none" : "once"));
    CHECK(site["needed"]["lkmm"] == site["declared"]);
    CHECK(site["pairs_with"]["lkmm"] == nlohmann::json::array({fence ? "P1.L13" : "P0.L6"}));
  }
  CHECK(all["sites"].size() == 2);
  const auto weakened = document({"order", file, "--model", "lkmm", "--weaken", "L6=none"});
  CHECK(weakened["questions"][0]["reachable"] == true);
  const Outcome text = lockstep({"order", file, "--model", "armv8"});
  CHECK_THAT(text.out, Catch::Contains("not possible under the declared orders"));
  // Everything that can be stronger is open, so the release is a way too.
  const auto minimal = document({"order", file, "--model", "lkmm", "--minimal"});
  CHECK(minimal["minimal"]["lkmm"] ==
        nlohmann::json::parse(R"([["L13=acquire", "L6=wmb"], ["L13=acquire", "L7=release"]])"));
}

TEST_CASE("order: what a litmus test lacks is found, and what is not open is said") {
  const Scratch scratch;
  std::string text = message_passing;
  text.replace(text.find("smp_load_acquire(flag)"), 22, "READ_ONCE(*flag)");
  text.replace(text.find("WRITE_ONCE(*data, 1)"), 20, "*data = 1");
  const std::string file = scratch / "mp.litmus";
  write_text(file, text);
  const Outcome outcome = lockstep({"order", file, "--model", "lkmm", "--minimal"});
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("minimal placements 2:") &&
                              Catch::Contains("L13:acquire L7:release") &&
                              Catch::Contains("not open, so as they are: P0.L5 (plain)"));
  const auto json = document({"order", file, "--model", "lkmm", "--minimal"});
  CHECK(json["placements"]["lkmm"]["not_open"] == nlohmann::json::array({"P0.L5 (plain)"}));
}

TEST_CASE("order that is stopped keeps the rows that were decided") {
  const Scratch scratch;
  const std::string protocol = largest().protocol;
  const std::filesystem::directory_iterator files{LOCKSTEP_SOURCE_DIR "/spec/" + protocol +
                                                  "/questions"};
  const auto questions = static_cast<std::size_t>(std::distance(files, {}));
  double limit = 0.5;
  const Outcome outcome = stopped_midway(
      limit,
      [&](double seconds) {
        return lockstep({"order", protocol, "--time-limit", std::to_string(seconds), "--json",
                         scratch / "o.json"});
      },
      [](const Outcome& got) { return got.out.find("  PASS") != std::string::npos; });
  CAPTURE(outcome.out.substr(0, 400), outcome.err);
  CHECK(outcome.status == 3);
  const std::string why = "not judged: time limit of " + report::seconds(limit) + " reached";
  CHECK_THAT(outcome.out,
             Catch::Contains(why) && Catch::Contains("  PASS") && Catch::Contains("\nUNKNOWN, "));
  const std::string text = text_of(scratch / "o.json");
  CHECK(misfits_of("order", text) == "");
  const auto json = nlohmann::json::parse(text);
  CHECK(json["verdict"] == "UNKNOWN");
  CHECK(json["questions"].size() == 5 * questions);  // by each model
  CHECK(json["questions"].front()["reachable"] == false);
  CHECK(json["questions"].back()["reason"] == why);
}

TEST_CASE("order: all minimal placements of a litmus test with sites") {
  const Scratch scratch;
  const std::string file = scratch / "mp.litmus";
  write_text(file, with_sites);
  const Outcome outcome = lockstep({"order", file, "--model", "lkmm", "--minimal", "--recheck"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("== mp_sites lkmm\n"
                                          "  sites 4, combinations 100, minimal placements 4:\n"
                                          "    F1:wmb F2:rmb\n    F1:wmb L1:acquire\n"
                                          "    F2:rmb S1:release\n    L1:acquire S1:release\n"));
  CHECK_THAT(outcome.out, Catch::Contains(" asked again: 0 differ"));
  const auto json = document({"order", file, "--model", "armv8", "--minimal"});
  CHECK(json["minimal"]["armv8"].size() == 4);
  CHECK(json["placements"]["armv8"]["complete"] == true);
}

TEST_CASE("order: a bug of interleaving is said to be one, and has no placement") {
  const Scratch scratch;
  std::string text = with_sites;
  text.replace(text.find("1:r1=0"), 6, "1:r1=1");
  const std::string file = scratch / "interleaving.litmus";
  write_text(file, text);
  const Outcome outcome = lockstep({"order", file, "--model", "lkmm", "--minimal"});
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.out, Catch::Contains("an interleaving: no order can mend it"));
  CHECK_THAT(outcome.out, Catch::Contains("no placement: reachable with the strongest orders too"));
}

TEST_CASE("order: what is no litmus test, or asks for what is not there, is refused") {
  const Scratch scratch;
  const std::string file = scratch / "mp.litmus";
  write_text(file, message_passing);
  check_refused(lockstep({"order", scratch / "no.litmus"}), 2, "cannot be read");
  check_refused(lockstep({"order", file, "--weaken", "L99=once"}), 2, "there is no site 'L99'");
  check_refused(lockstep({"order", file, "--weaken", "L6=acquire"}), 2, "cannot have this order");
  check_refused(lockstep({"order", file, "--question", "C1"}), 2, "is for protocols");
  std::string text = message_passing;
  text.replace(text.find("smp_wmb"), 7, "smp_nothing");
  write_text(file, text);
  const Outcome outcome = lockstep({"order", file});
  CHECK(outcome.status == 3);
  CHECK_THAT(outcome.out + outcome.err,
             Catch::Contains("mp.litmus:6:3: ") && Catch::Contains("smp_nothing"));
}

TEST_CASE("order: its tables and its placements fit the terminal") {
  for (const Words& more : {Words{}, Words{"--minimal"}}) {
    Words words{"order", "seq_mark"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = lockstep(words, {"COLUMNS=100"});
    CAPTURE(words, outcome.out, outcome.err);
    CHECK(outcome.status == 0);
    std::istringstream lines(outcome.out);
    std::size_t widest = 0;
    for (std::string line; std::getline(lines, line);) {
      widest = std::max(widest, report::display_width(line));
    }
    CHECK(widest <= 100);
    CHECK(widest > 80);
  }
}

}  // namespace lockstep::testing
