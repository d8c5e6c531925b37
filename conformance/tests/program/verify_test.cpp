// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/has_tlc.hpp"
#include "tests/schema.hpp"
#include "toy_root.hpp"

// `verify` with manifests that are wrong: a check that cannot fail is a defect.
namespace lockstep::testing {

namespace {

using Json = nlohmann::json;

const std::string facts = "spec/door/protocol.json", module = "spec/door/Door.tla",
                  record = "spec/door/verdicts.json";

/// Checks by their ids: verdict and what the judge said.
std::map<std::string, std::string> checks_of(const Outcome& outcome) {
  CAPTURE(outcome.err);
  CHECK(misfits_of("verify", outcome.out) == "");
  std::map<std::string, std::string> out;
  const Json document = Json::parse(outcome.out);
  for (const auto& check : document["checks"]) {
    out[check["id"]] = check["verdict"].get<std::string>() + ": " + check["got"].get<std::string>();
  }
  return out;
}
std::map<std::string, std::string> checks_of(const ToyRoot& root, Words more = {}) {
  more.insert(more.end(), {"--json", "-"});
  return checks_of(root.verify(more));
}

/// The columns of the longest line.
std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    most = std::max(most, text.find('\n', at) - at);
  }
  return most;
}

void check_ends(const Outcome& outcome, int status, const std::string& last_line) {
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == status);
  CHECK_THAT(outcome.out, Catch::Contains("\n" + last_line));
}

}  // namespace

TEST_CASE("verify: a judge that says what the facts and the record say is PASS, else FAIL") {
  const ToyRoot root;
  const std::string id = "T01/reference/no_look";
  CHECK(checks_of(root).at(id) == "PASS: violates AloneOK");
  root.change(record, "{\"reference\": 4", "{\"reference\": 5");
  CHECK(checks_of(root).at(id) == "FAIL: violates AloneOK");
  // Without a record nothing is right, not even what is said of it.
  root.remove(record);
  CHECK(checks_of(root).at(id) ==
        "FAIL: violates AloneOK, but after how many steps is not recorded yet");
  root.change(facts, "\"breaks\": \"AloneOK\"", "\"breaks\": \"UsersOK\"");
  CHECK(checks_of(root).at(id) == "FAIL: holds");
}

TEST_CASE("verify: what cannot be decided is UNKNOWN, and FAIL wins over it") {
  const ToyRoot root;
  const Outcome open = root.verify();
  check_ends(open, 3, "UNKNOWN, 81 checks");
  CHECK_THAT(open.out, Catch::Contains("no Java"));
  root.change(record, "{\"reference\": 4", "{\"reference\": 5");
  check_ends(root.verify(), 1, "FAIL, 81 checks");
}

TEST_CASE("verify: a run without a check is never PASS") {
  const ToyRoot root;
  const auto check_says = [](const Outcome& outcome, const std::string& why) {
    CAPTURE(outcome.out);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.out,
               Catch::StartsWith("UNKNOWN, 0 checks in ") && Catch::EndsWith(": " + why + "\n"));
  };
  check_says(root.verify({"--scenario", "T02"}),
             "T02: its protocol, window, is not described here yet");
  root.change(facts, "\"scenario\": \"T01\"", "\"scenario\": null");
  check_says(root.verify({"--quick", "--scenario", "T01"}),
             "T01: no variant and no question of door is about it; no such check is quick");
}

TEST_CASE("verify: failures alone, or the table, and both fit the terminal") {
  const ToyRoot root;
  root.change(record, "{\"reference\": 4", "{\"reference\": 5");
  Words narrow = ToyRoot::no_java;
  narrow.emplace_back("COLUMNS=80");
  const Outcome brief = root.verify({}, narrow);
  CAPTURE(brief.out);
  CHECK(brief.out.find("FAIL  T01/reference/no_look\n") == 0);
  CHECK_THAT(brief.out,
             Catch::Contains("      expected violates AloneOK in 5 steps\n"
                             "      got      violates AloneOK in 4 steps\n"
                             "      shown by lockstep explore door --size 2 --variant no_look\n"
                             "UNKNOWN  6 checks: no Java") &&
                 Catch::Contains("      and 3 more\n"
                                 "      to decide: install a Java runtime") &&
                 Catch::Contains("\nFAIL     door  74 of 81 checks as expected, 1 not, "
                                 "6 undecided, ") &&
                 Catch::Contains("\nFAIL, 81 checks in "));
  CHECK(widest(brief.out) <= 80);
  const Outcome table = root.verify({"--verbose"}, narrow);
  CHECK_THAT(table.out, Catch::StartsWith("check "));
  // What matters stands below the table, where the terminal has not scrolled it away.
  CHECK(table.out.find("FAIL  T01") != std::string::npos);
  CHECK(table.out.find('\033') == std::string::npos);
  CHECK(widest(table.out) <= 80);
  CHECK(widest(root.verify({"--verbose"}, {"JAVA_HOME=", "PATH=/nowhere"}).out) <= 100);
  CHECK(widest(root.verify({"--verbose"}).out) > 100);
}

TEST_CASE(
    "verify: an identifier of ninety characters fits too, and each UNKNOWN says the way out") {
  const ToyRoot root;
  const std::string name(80, 'n');
  root.write("traces/door/T01_" + name + ".itf.json", text_of(golden));
  root.change("traces/door/T01_" + name + ".itf.json", "\"site\": \"Drain\"",
              "\"site\": \"Enter\"");
  const Outcome outcome = root.verify({}, {"JAVA_HOME=", "PATH=/nowhere"});
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 1);
  CHECK_THAT(outcome.out, Catch::StartsWith("FAIL  ") && Catch::Contains(name));
  CHECK(widest(outcome.out) <= 100);
  const std::size_t open = outcome.out.find("UNKNOWN  ");
  const std::size_t advice =
      outcome.out.find("      to decide: install a Java runtime, or name one in JAVA_HOME\n", open);
  const std::size_t protocol = outcome.out.find("\nFAIL     door  ", advice);
  CHECK(outcome.out.find("\nFAIL, 82 checks in ", protocol) != std::string::npos);
}

TEST_CASE("verify --update: records steps, and says each line; what a judge must say stays") {
  const ToyRoot root;
  root.change(record, "{\"reference\": 4, \"tlc\": 4}", "{\"tlc\": 4}");
  const Outcome updated = root.verify({"--update"});
  CAPTURE(updated.out);
  CHECK(updated.status == 3);  // TLC is not there
  CHECK_THAT(updated.out,
             Catch::Contains("+     \"no_look\": {\"steps\": {\"reference\": 4, \"tlc\": 4}"));
  CHECK(root.text(record) == text_of(LOCKSTEP_SOURCE_DIR "/conformance/tests/toys/" + record));
  root.change(facts, "\"breaks\": \"AloneOK\"", "\"breaks\": \"UsersOK\"");
  CHECK(checks_of(root, {"--update", "--quiet"}).at("T01/reference/no_look") == "FAIL: holds");
}

TEST_CASE(
    "verify --update: what nothing measures any more is refused without it, and dropped by it") {
  struct Stale {
    std::string from, to, why;
  };
  const std::vector<Stale> all{
      {"\"variants\": {", "\"variants\": {\n\"no_such\": {\"steps\": {\"tlc\": 4}},",
       "'no_such' is no variant of protocol.json"},
      {"\"sizes\": {", "\"sizes\": {\n\"9x9\": {\"states\": 4},",
       "'9x9' is no size of protocol.json"},
      {"{\"reference\": 4", "{\"oracle\": 4, \"reference\": 4",
       "'oracle' is a judge that finds nothing in variant no_look"},
      {"{\"reference\": 4", "{\"equal\": 4, \"reference\": 4",
       "'equal' is a judge that finds nothing in variant no_look"},
      {"\"orders_needed\": {", "\"cutoff\": \"2x2\",\n\"orders_needed\": {",
       "'cutoff' is of no views"},
      {"\"tso\": {", "\"tso\": {\n\"Leave=plain\": \"breaks x\",",
       "'Leave=plain' is no weakening of a declared order under tso"},
      {"\"orders_needed\": {", "\"orders_needed\": {\n\"alpha\": {\"Leave=once\": \"breaks x\"},",
       "'Leave=once' is no weakening of a declared order under alpha"},
  };
  for (const Stale& one : all) {
    CAPTURE(one.from, one.to, one.why);
    const ToyRoot root;
    const std::string before = root.text(record);
    root.change(record, one.from, one.to);
    const Outcome refused = root.verify();
    CHECK(refused.status == 2);
    CHECK_THAT(refused.err, Catch::Contains("verdicts.json:") && Catch::Contains(one.why) &&
                                Catch::EndsWith("; `verify --update` drops it\n"));
    const Outcome updated = root.verify({"--update"});
    CAPTURE(updated.out, updated.err);
    CHECK(updated.status == 3);  // TLC is not there
    CHECK_THAT(updated.out, Catch::Contains(one.why) && Catch::Contains("; dropped\n") &&
                                Catch::Contains("\n- "));
    CHECK(root.text(record) == before);
  }
}

TEST_CASE("verify: what makes the record stale is said before what is stale") {
  const std::vector<std::array<std::string, 4>> all{
      {module, "THEN \"Use\" ELSE \"Look\"", "THEN \"Usw\" ELSE \"Look\"", "\"Usw\" is no site"},
      {facts, R"("size": "2x2")", R"("size": "2x3")", "'2x2' is no size of protocol.json"},
      {"spec/door/questions/enter_or_close.question", "forbidden:", "forbiden:", "forbiden"},
  };
  for (const auto& [file, from, to, why] : all) {
    CAPTURE(file, to);
    const ToyRoot root;
    root.change(record, "{\"reference\": 4", "{\"oracle\": 4");
    root.change(record, "\"tso\": {", "\"tso\": {\n\"Leave=plain\": \"breaks x\",");
    root.change(file, from, to);
    check_refused(root.verify(), 2, why);
  }
  // Nobody else minds it.
  const ToyRoot root;
  root.change(record, "{\"reference\": 4", "{\"oracle\": 4");
  CHECK(root.run({"explore", "door"}).status == 0);
}

TEST_CASE("verify: steps that nobody measured are no lasso") {
  const ToyRoot root;
  root.change(record, "{\"reference\": 4, \"tlc\": 4}", "{\"reference\": 4}");
  const std::string readme = "spec/door/README.md";
  root.verify({"--update"});
  CHECK_THAT(root.text(readme), Catch::Contains("| `AloneOK` | 2 | not recorded yet |"));
}

TEST_CASE("verify: a protocol is said by its option") {
  check_refused(toy({"verify", "door"}), 2,
                "one argument too many: 'door'; expected --protocol door; see lockstep verify");
}

TEST_CASE("verify: what stands wrongly beside a site is said once") {
  const ToyRoot root;
  for (const char* folder : {"reference", "conformance/protocols"}) {
    std::filesystem::create_directories(root.file(folder));
  }
  // Its sites have no comments.
  root.write("conformance/protocols/door.cpp",
             text_of(LOCKSTEP_SOURCE_DIR "/conformance/tests/toys/door.hpp"));
  root.write("spec/kernel.json", text_of(LOCKSTEP_SOURCE_DIR "/spec/kernel.json"));
  root.write("spec/door/README.md",
             root.text("spec/door/README.md") + "<!-- verify --update: steps -->\n<!-- end -->\n");
  const Outcome outcome = root.verify();
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 1);
  const std::size_t first = outcome.out.find("door.cpp:");
  CHECK(first != std::string::npos);
  CHECK(outcome.out.find("door.cpp:", first + 1) == std::string::npos);
  CHECK_THAT(outcome.out, Catch::Contains("FAIL  door/kernel") &&
                              Catch::Contains("see door/kernel\n      door/derived\n"
                                              "      door/pairs\n"));
}

TEST_CASE("verify: an order that only reachable questions have is told so") {
  const ToyRoot root;
  const std::string question = "spec/door/questions/enter_or_close.question";
  root.write(question, root.text(question) + "reachable: lkmm\n");
  CHECK(checks_of(root).at("door/needed/Close_Mb=rmb/lkmm") ==
        "UNKNOWN: no question that is never comes to this site: enter_or_close does, and is "
        "reachable with the declared orders already");
}

TEST_CASE("verify: facts that cannot be read are named with file, line and column") {
  struct Spoilt {
    std::string file, from, to, why;
  };
  const std::vector<Spoilt> all{
      {facts, "\"title\"", "\"titel\"", "'titel' is not known here; expected one of: title, "},
      {facts, "\"title\": \"a door that readers count themselves in at\",", "",
       "protocol.json:1:1: the document has no member 'title'"},
      {facts, "\"variants\": [", "\"variants\": 5, \"x\": [", "is not known here"},
      {facts, R"("size": "2x2")", R"("size": "2x2x2")", "protocol.json:6:14: 'size' is refused"},
      {facts, R"(["safe", "equal"])", R"(["sound", "equal"])", "'sound'"},
      {facts, "\"breaks\": \"AloneOK\"", "\"breaks\": \"AlonOK\"",
       "'breaks' names no property of module Door"},
      {facts, "\"walks\": [\"2\", \"2x2\"],", "", "'proof' has no member 'walks'"},
      {facts, R"("claims": ["safe", "equal"])", R"("claims": ["safe", "equal", "refines"])",
       "protocol.json:6:49: item 3 of 'claims' is 'refines', but module Door states no "
       "property of that kind"},
      {record, "{\"reference\": 4", "{\"oracle\": 4",
       "'oracle' is a judge that finds nothing in variant no_look"},
      {record, "\"tlc\": 4", "\"tlc\": -1", "'tlc' is no number from 0 on"},
      {module, "Property (I-02): ", "Property (I-02) ",
       "the comment above 'UsersOK' is not understood"},
      {module, "UsersOK ==", "UsersOK(x) ==", "the property 'UsersOK' has parameters"},
      {module, "\\* Property (I-01)", "\\* Refuted (I-01)",
       "'AloneOK' is Refuted, which only what is live may be"},
      {module, "FairSpec == Spec /\\ Fairness", "FairSpec == Spec",
       "'FairSpec' is the specification with its fairness to protocol.json; expected "
       "FairSpec == Spec /\\ Fairness"},
  };
  for (const Spoilt& one : all) {
    CAPTURE(one.file, one.from, one.to);
    const ToyRoot root;
    root.change(one.file, one.from, one.to);
    check_refused(root.verify(), 2, one.why);
  }
  const ToyRoot root;
  root.write(facts, "{");
  check_refused(root.verify(), 2, "protocol.json:1:1: the file ends here");
  root.write(facts, "[]");
  check_refused(root.verify(), 2,
                "protocol.json:1:1: not an object; expected the facts of a protocol");
}

TEST_CASE("verify: a proof comes out as it is recorded, or it is FAIL") {
  const ToyRoot root;
  const std::string place = "Enter -> Use / Alone", id = "T01/inductive/no_look";
  CHECK(checks_of(root).at(id) == "PASS: fails at " + place);
  CHECK(checks_of(root).at("door/inductive/holds") == "PASS: proved");
  root.change(record, place, "Enter -> Use / Count");
  CHECK_THAT(checks_of(root).at(id), Catch::StartsWith("FAIL: fails at " + place));
  root.change(record, ", \"inductive\": \"Enter -> Use / Count\"", "");
  CHECK_THAT(checks_of(root).at(id), Catch::StartsWith("FAIL: "));
  root.change("spec/door/DoorInductive.tla", "/\\ Closed ", "");
  CHECK_THAT(checks_of(root).at("door/inductive/holds"), Catch::StartsWith("FAIL: fails at "));
}

TEST_CASE("verify: liveness is judged without Java") {
  const ToyRoot root;
  CHECK(checks_of(root).at("door/live/2/reference") == "PASS: holds");
  CHECK(checks_of(root).at("door/refuted/AloneEnds") == "PASS: violates AloneEnds");
  const std::string usual = root.text(module);
  root.change(module, "WF_vars(Look(r) \\/ Use(r) \\/ Leave(r))", "WF_vars(Look(r) \\/ Use(r))");
  CHECK(checks_of(root).at("door/live/2/reference") == "FAIL: violates LeaveEnds");
  root.write(module, usual);
  root.change(module, "at[r] # Null ~> at[r] = Null", "[](at[r] # Null ~> at[r] = Null)");
  CHECK_THAT(checks_of(root).at("door/live/2/reference"),
             Catch::StartsWith("FAIL: ") && Catch::Contains("'~>' is not understood here"));
}

TEST_CASE("verify: the broken variant of a scenario, every judge as expected", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Outcome outcome = toy({"verify", "--quick", "--scenario", "T01", "--json", "-"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(misfits_of("verify", outcome.out) == "");
  const Json document = Json::parse(outcome.out);
  CHECK(document["verdict"] == "PASS");
  std::set<std::string> seen;
  for (const auto& check : document["checks"]) {
    CHECK(check["scenario"] == "T01");
    if (check["variant"] != "no_look") continue;
    seen.insert(check["judge"]);
    if (check["claim"] == "safe") CHECK(check["steps"] == 4);
  }
  CHECK(seen == std::set<std::string>{"reference", "tlc", "z3"});
}

}  // namespace lockstep::testing
