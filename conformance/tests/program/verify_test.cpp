// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "program.hpp"
#include "tests/has_tlc.hpp"
#include "tests/schema.hpp"

// `verify` with manifests that are wrong: a check that cannot fail is a defect.
namespace lockstep::testing {

namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

/// A root of its own: the specification of this tree, and facts that ask for one check alone, which
/// needs no Java.
class Root {
 public:
  Root() {
    const fs::path from = fs::path(LOCKSTEP_SOURCE_DIR) / "spec";
    for (const auto& entry : fs::directory_iterator(from / "vma_refcnt")) {
      if (entry.path().extension() != ".tla") continue;
      const std::string name = entry.path().filename().string();
      modules[name] = text_of(entry.path().string());
    }
    facts = Json::parse(text_of((from / "vma_refcnt/protocol.json").string()));
    scenarios = text_of((from / "scenarios.json").string());
    proof = facts["proof"];
    proof.erase("views");  // the cutoff has tests of its own
    facts.erase("proof");
    for (auto& size : facts["sizes"]) size["claims"] = Json::array();
    Json only;
    for (const auto& variant : facts["variants"]) {
      if (variant["name"] == "attach_unmarked") only = variant;
    }
    facts["variants"] = Json::array({only});
    recorded = {{"sizes", Json::object()},
                {"variants", {{"attach_unmarked", {{"steps", {{"reference", 4}, {"tlc", 4}}}}}}}};
  }
  Json& variant() { return facts["variants"][0]; }
  Json& recorded_variant() { return recorded["variants"]["attach_unmarked"]; }
  std::string file(const std::string& name) const { return scratch_ / ("spec/" + name); }

  Outcome verify(Words more = {}, const Words& settings = no_java) {
    fs::create_directories(scratch_ / "spec/vma_refcnt/questions");
    for (const auto& [name, module] : modules) write_text(file("vma_refcnt/" + name), module);
    write_text(file("scenarios.json"), scenarios);
    write_text(file("vma_refcnt/protocol.json"), text.empty() ? facts.dump(1) : text);
    write_text(file("vma_refcnt/verdicts.json"), recorded.dump(1));
    Words variables{"LOCKSTEP_ROOT=" + (scratch_ / "")};
    variables.insert(variables.end(), settings.begin(), settings.end());
    more.insert(more.begin(), "verify");
    return lockstep(more, variables);
  }

  static inline const Words no_java{"JAVA_HOME=", "PATH=/nowhere"};
  std::map<std::string, std::string> modules;
  Json facts, recorded, proof;
  std::string scenarios;
  std::string text;  ///< instead of the facts, if not empty

 private:
  Scratch scratch_;
};

/// The check of the reference; TLC's beside it is UNKNOWN, for there is no Java.
Json check_of(const Outcome& outcome, const std::string& judge) {
  const Json document = Json::parse(outcome.out);
  for (const auto& check : document["checks"]) {
    if (check["judge"] == judge) return check;
  }
  return {};
}

void check_ends(const Outcome& outcome, int status, const std::string& last_line) {
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == status);
  CHECK_THAT(outcome.out, Catch::Contains("\n" + last_line));
}

}  // namespace

TEST_CASE("verify: a judge that says what the facts and the record say is PASS, else FAIL") {
  Root root;
  const Words asked{"--json", "-"};
  const auto of_reference = [&] {
    const Outcome outcome = root.verify(asked);
    CAPTURE(outcome.out, outcome.err);
    CHECK(misfits_of("verify", outcome.out) == "");
    return check_of(outcome, "reference");
  };
  CHECK(of_reference()["verdict"] == "PASS");
  root.recorded_variant()["steps"]["reference"] = 5;
  CHECK(of_reference()["verdict"] == "FAIL");
  // Without a record nothing is right, not even what is said of it.
  root.recorded["variants"] = Json::object();
  const Json unknown = of_reference();
  CHECK(unknown["verdict"] == "FAIL");
  CHECK_THAT(unknown["got"].get<std::string>(), Catch::Contains("not recorded yet"));
  root.variant()["breaks"] = "LimitOK";
  const Json other = of_reference();
  CHECK(other["verdict"] == "FAIL");
  CHECK(other["expected"] == "violates LimitOK");
}

TEST_CASE("verify: what cannot be decided is UNKNOWN, and FAIL wins over it") {
  Root root;
  const Outcome open = root.verify();
  check_ends(open, 3, "UNKNOWN, 2 checks");
  CHECK_THAT(open.out, Catch::Contains("no Java"));
  root.recorded_variant()["steps"]["reference"] = 5;
  check_ends(root.verify(), 1, "FAIL, 2 checks");
}

TEST_CASE("verify: a run without a check is never PASS") {
  Root root;
  const auto check_says = [](const Outcome& outcome, const std::string& why) {
    CAPTURE(outcome.out);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.out, Catch::StartsWith("UNKNOWN, 0 checks in ") && Catch::EndsWith(": " + why + "\n"));
  };
  check_says(root.verify({"--scenario", "S01"}),
             "S01: its protocol, vma_rwsem, is not described here yet");
  root.variant()["quick"] = false;
  check_says(root.verify({"--quick"}), "no such check is quick");
}

TEST_CASE("verify: failures alone, or the table, and both fit the terminal") {
  Root root;
  root.recorded_variant()["steps"]["reference"] = 5;
  const auto widest = [](const std::string& text) {
    std::size_t most = 0;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      most = std::max(most, text.find('\n', at) - at);
    }
    return most;
  };
  Words narrow = Root::no_java;
  narrow.emplace_back("COLUMNS=80");
  const Outcome brief = root.verify({}, narrow);
  CAPTURE(brief.out);
  CHECK(brief.out.find("FAIL  vma_refcnt/reference/attach_unmarked\n") == 0);
  CHECK_THAT(brief.out, Catch::Contains("      expected violates AttachMarkedOK in 5 steps\n"
                                        "      got      violates AttachMarkedOK in 4 steps\n"
                                        "UNKNOWN  1 check: no Java") &&
                            Catch::Contains("\nvma_refcnt: 0 of 2 checks as expected, 1 not, 1 undecided\nFAIL, 2 checks"));
  const Outcome table = root.verify({"--verbose"}, narrow);
  CHECK_THAT(table.out, Catch::StartsWith("check "));
  const std::string rows = table.out.substr(0, table.out.find("FAIL  vma_refcnt"));
  CHECK(widest(rows) <= 80);
  CHECK(widest(root.verify({"--verbose"}).out) > 80);
}

TEST_CASE("verify --update: records steps, and says each line; what a judge must say stays") {
  Root root;
  root.recorded["variants"] = Json::object();
  const Outcome updated = root.verify({"--update"});
  CAPTURE(updated.out);
  CHECK(updated.status == 3);  // TLC is not there
  CHECK_THAT(updated.out, Catch::Contains("+     \"attach_unmarked\": {\"steps\": {\"reference\": 4}}"));
  root.recorded = Json::parse(text_of(root.file("vma_refcnt/verdicts.json")));
  CHECK(root.recorded_variant()["steps"]["reference"] == 4);
  CHECK(check_of(root.verify({"--json", "-"}), "reference")["verdict"] == "PASS");
  root.variant()["breaks"] = "LimitOK";
  CHECK(check_of(root.verify({"--update", "--quiet", "--json", "-"}), "reference")["verdict"] ==
        "FAIL");
}

TEST_CASE("verify --update: what nothing measures any more is refused without it, and dropped by it") {
  const auto dropped = [](const auto& spoil, const std::string& why, const std::string& gone) {
    Root root;
    spoil(root);
    CAPTURE(why);
    const Outcome refused = root.verify();
    CHECK(refused.status == 2);
    CHECK_THAT(refused.err, Catch::Contains("verdicts.json:") &&
                                Catch::Contains(why + "; `verify --update` drops it\n"));
    const Outcome updated = root.verify({"--update"});
    CAPTURE(updated.out, updated.err);
    CHECK(updated.status == 3);  // TLC is not there
    CHECK_THAT(updated.out, Catch::Contains("verdicts.json:") &&
                                Catch::Contains(why + "; dropped\n") &&
                                Catch::Contains("\n- ") && Catch::Contains(gone));
    const std::string now = text_of(root.file("vma_refcnt/verdicts.json"));
    CHECK(now.find(gone) == std::string::npos);
    root.recorded = Json::parse(now);
    CHECK(root.verify().status == 3);  // it can be read again, and nothing fails
  };
  dropped([](Root& root) { root.recorded["variants"]["no_such"] = {{"steps", {{"tlc", 4}}}}; },
          "'no_such' is no variant of protocol.json", "no_such");
  dropped([](Root& root) { root.recorded["sizes"]["9x9x9"] = {{"states", 4}}; },
          "'9x9x9' is no size of protocol.json", "9x9x9");
  dropped([](Root& root) { root.recorded["sizes"]["1x2x2"] = {{"states", 4}}; },
          "'1x2x2' is a size that does not claim 'safe': nothing counts its states", "1x2x2");
  dropped([](Root& root) { root.recorded_variant()["steps"]["oracle"] = 4; },
          "'oracle' is a judge that finds nothing in variant attach_unmarked", "oracle");
  dropped([](Root& root) { root.recorded_variant()["inductive"] = "A -> B / C"; },
          "'inductive' is of a variant whose proof does not fail", "A -> B / C");
  dropped([](Root& root) { root.recorded["cutoff"] = "2x2x2"; }, "'cutoff' is of no views", "2x2x2");
  dropped([](Root& root) { root.recorded["orders_needed"]["lkmm"]["Put_Sub=once"] = "breaks x"; },
          "'Put_Sub=once' is no weakening of a declared order under lkmm", "Put_Sub");
  dropped([](Root& root) { root.recorded["orders_needed"]["alpha"]["Put_Dec=once"] = "breaks x"; },
          "'Put_Dec=once' is no weakening of a declared order under alpha", "alpha");
}

TEST_CASE("verify --update: of a variant that breaks what is live no steps stay") {
  Root root;
  root.variant() = {{"name", "retries_write_locked"}, {"breaks", "LookupEnds"},
                    {"why", "a write-locked VMA is tried again"}, {"size", "1x1x1"}};
  root.recorded["variants"] = {{"retries_write_locked", {{"steps", {{"reference", 4}}}}}};
  check_refused(root.verify(), 2, "which breaks LookupEnds: of such a property no steps are "
                                  "recorded; `verify --update` drops it");
  const Outcome updated = root.verify({"--update"});
  CAPTURE(updated.out, updated.err);
  CHECK(updated.status == 3);  // TLC is not there
  CHECK_THAT(text_of(root.file("vma_refcnt/verdicts.json")), !Catch::Contains("steps"));
}

TEST_CASE("verify: facts that cannot be read are named with file, line and column") {
  const auto refused = [](const auto& spoil, const std::string& why) {
    Root root;
    spoil(root);
    CAPTURE(why);
    check_refused(root.verify(), 2, why);
  };
  refused([](Root& root) { root.text = "{"; }, "protocol.json:1:1: the file ends here");
  refused([](Root& root) { root.text = "[]"; },
          "protocol.json:1:1: not an object; expected the facts of a protocol");
  refused([](Root& root) { root.text = "{\n  \"titel\": \"x\"}"; },
          "protocol.json:2:12: 'titel' is not known here; expected one of: title, ");
  refused([](Root& root) { root.facts.erase("kernel"); },
          "protocol.json:1:1: the document has no member 'kernel'");
  refused([](Root& root) { root.facts["variants"] = 5; }, "'variants' is no list");
  refused([](Root& root) { root.facts["sizes"] = Json::array(); }, "'sizes' is empty");
  refused([](Root& root) { root.facts["variants"][0]["name"] = "nothing"; },
          "'name' is 'nothing', which is no form of the reference; expected one of: ");
  refused([](Root& root) { root.variant()["name"] = "no_recheck"; },
          "'attach_unmarked' is no variant of protocol.json");
  refused(
      [](Root& root) {
        root.variant()["name"] = "nothing";
        root.recorded["variants"] = Json::object();
      },
      "nothing");
  refused([](Root& root) { root.variant()["breaks"] = "AttachMarkdOK"; },
          "'breaks' names no property of module VmaRefcntProperties");
  refused([](Root& root) { root.recorded_variant()["steps"]["oracle"] = 4; },
          "'oracle' is a judge that finds nothing in variant attach_unmarked");
  refused([](Root& root) { root.recorded_variant()["steps"]["tlc"] = -1; },
          "'tlc' is no number from 0 on");
  refused([](Root& root) { root.recorded["variants"]["no_such"] = Json::object(); },
          "'no_such' is no variant of protocol.json");
  refused([](Root& root) { root.recorded["sizes"]["9x9x9"] = Json::object(); },
          "'9x9x9' is no size of protocol.json");
}

TEST_CASE("verify: a property that nobody judges, or that is misspelt, is an error") {
  const auto refused = [](const std::string& from, const std::string& to, const std::string& why) {
    Root root;
    std::string& module = root.modules["VmaRefcntProperties.tla"];
    REQUIRE(module.find(from) != std::string::npos);
    module.replace(module.find(from), from.size(), to);
    CAPTURE(why);
    check_refused(root.verify(), 2, why);
  };
  refused("\\* Property (I-15): ", "\\* ", "nobody judges 'RefcntOK'");
  refused("Property (I-15): ", "Property (I-15) ", "the comment above 'RefcntOK' is not understood");
  refused("AttachMarkedOK ==", "AttachMarkdOK ==",
          "'breaks' names no property of module VmaRefcntProperties");
  refused("RefcntOK ==", "RefcntOK(x) ==", "the property 'RefcntOK' has parameters");
}

TEST_CASE("verify: a proof comes out as it is recorded, or it is FAIL", "[slow]") {
  Root root;
  root.facts["proof"] = root.proof;
  const auto judged = [&](const Json& place) {
    root.recorded_variant()["inductive"] = place;
    const Outcome outcome = root.verify({"--json", "-"});
    CAPTURE(outcome.err);
    CHECK(misfits_of("verify", outcome.out) == "");
    std::map<std::string, std::string> verdicts;
    const Json document = Json::parse(outcome.out);
    for (const auto& check : document["checks"]) {
      if (check["judge"] == "z3") verdicts[check["id"]] = check["verdict"];
    }
    CHECK(verdicts.at("vma_refcnt/inductive/holds") == "PASS");
    return verdicts.at("vma_refcnt/inductive/attach_unmarked");
  };
  CHECK(judged("Alloc_SetSeq -> Attach_SetRefcnt / Marking") == "PASS");
  CHECK(judged("Alloc_SetSeq -> Attach_SetRefcnt / Count") == "FAIL");
  root.recorded_variant().erase("inductive");
  CHECK_THAT(root.verify().out, Catch::Contains("not recorded yet"));
}

TEST_CASE("verify: what nobody would judge is refused with its place") {
  Root root;
  std::string& properties = root.modules.at("VmaRefcntProperties.tla");
  const std::string stated = "\\* Property (I-15): the count is never negative";
  const std::size_t at = properties.find(stated);
  REQUIRE(at != std::string::npos);
  properties.replace(at, stated.size(), "\\* Refuted (I-15): the count is never negative");
  check_refused(root.verify(), 2, "'RefcntOK' is Refuted, which only what is live may be");
  check_refused(root.verify(), 2, "VmaRefcntProperties.tla:");
}

TEST_CASE("verify: a claim of which the module states nothing is refused") {
  Root root;
  std::string& properties = root.modules.at("VmaRefcntProperties.tla");
  const std::size_t at = properties.find("AbstractHolds(r) ==");
  REQUIRE(at != std::string::npos);
  properties.erase(at, properties.find("Implements == Abstract!Spec") +
                           std::string_view{"Implements == Abstract!Spec"}.size() - at);
  root.facts["sizes"][1]["claims"] = {"refines"};
  check_refused(root.verify(), 2, "item 1 of 'claims' is 'refines', but module VmaRefcntProperties "
                                  "states no property of that kind");
}

TEST_CASE("verify: a proof without walks beside the code is none") {
  Root root;
  root.facts["proof"] = root.proof;
  root.facts["proof"].erase("walks");
  check_refused(root.verify(), 2, "'proof' has no member 'walks'");
}

TEST_CASE("verify: the broken variant of S39, every judge as expected", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Outcome outcome = lockstep({"verify", "--quick", "--scenario", "S39", "--json", "-"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(misfits_of("verify", outcome.out) == "");
  const Json document = Json::parse(outcome.out);
  CHECK(document["verdict"] == "PASS");
  std::set<std::string> seen;  // the variants that hold have checks too, which are not quick
  for (const auto& check : document["checks"]) {
    CHECK(check["scenario"] == "S39");
    if (check["variant"] != "dup_copies_refcnt") continue;
    seen.insert(check["judge"]);
    if (check["claim"] == "safe") CHECK(check["steps"] == 43);
  }
  CHECK(seen == std::set<std::string>{"reference", "tlc", "z3"});
}

TEST_CASE("verify: liveness and the VIEW are judged without Java") {
  Root root;
  root.facts["sizes"] = Json::parse(R"([{"size": "1x1x1", "claims": ["live", "view"]}])");
  std::string& properties = root.modules["VmaRefcntProperties.tla"];
  std::string& module = root.modules["VmaRefcnt.tla"];
  const auto changed = [&](std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  };
  const auto got = [&](const std::string& id) {
    const Outcome outcome = root.verify({"--json", "-"});
    CAPTURE(outcome.out, outcome.err);
    CHECK(misfits_of("verify", outcome.out) == "");
    const Json document = Json::parse(outcome.out);
    for (const auto& check : document["checks"]) {
      if (check["id"] == "vma_refcnt/" + id) {
        return check["verdict"].get<std::string>() + ": " + check["got"].get<std::string>();
      }
    }
    return "no such check: " + outcome.out;
  };
  CHECK(got("live/1x1x1/reference") == "PASS: holds");
  CHECK(got("view/1x1x1") == "PASS: holds");
  CHECK(got("refuted/LookupAlwaysEnds") == "PASS: violates LookupAlwaysEnds");

  const std::string usual_properties = properties, usual_module = module;
  changed(properties, "  /\\ \\A r \\in Readers : WF_vars(ReaderGoesOn(r))\n", "");
  CHECK(got("live/1x1x1/reference") == "FAIL: violates LookupEnds");
  properties = usual_properties;
  changed(properties, "rcu[r] ~> ~rcu[r]", "[](rcu[r] ~> ~rcu[r])");
  CHECK_THAT(got("live/1x1x1/reference"),
             Catch::StartsWith("FAIL: ") && Catch::Contains("'~>' is not understood here"));
  properties = usual_properties;
  changed(module, "<<[v \\in Vmas |-> vm_lock_seq[v] = now], ", "<<");
  CHECK(got("view/1x1x1") ==
        "FAIL: hides mm_lock_seq[m1] = 1 or 3, by which differs the step StartWrite_CheckSeq(m1)");
  module = usual_module;
  changed(properties, "FairSpec == Spec /\\ Fairness", "FairSpec == Spec");
  check_refused(root.verify(), 2,
                "'FairSpec' is the specification with its fairness to protocol.json; expected "
                "FairSpec == Spec /\\ Fairness");
}

}  // namespace lockstep::testing
