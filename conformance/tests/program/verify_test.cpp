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

/// A root of its own: the specification of this tree, and a manifest that asks for one check alone,
/// which needs no Java.
class Root {
 public:
  Root() {
    const fs::path spec = fs::path(LOCKSTEP_SOURCE_DIR) / "spec";
    fs::create_directory(scratch_ / "spec");
    manifest = Json::parse(text_of((spec / "manifest.json").string()));
    for (const auto& directory : protocol()["spec"]["directories"]) {
      fs::create_directory_symlink(fs::path(LOCKSTEP_SOURCE_DIR) / directory,
                                   scratch_ / directory.get<std::string>());
    }
    protocol()["questions"] = Json::array();
    protocol().erase("orders_needed");
    proof = protocol()["proof"];
    proof.erase("views");  // the cutoff has tests of its own
    protocol().erase("proof");
    for (auto& size : protocol()["sizes"]) size["claims"] = Json::array();
    Json only;
    for (const auto& variant : protocol()["variants"]) {
      if (variant["name"] == "attach_unmarked") only = variant;
    }
    only["expected"].erase("tlc");
    only["expected"].erase("inductive");
    protocol()["variants"] = Json::array({only});
  }
  Json& protocol() { return manifest["protocols"][0]; }
  Json& expected() { return protocol()["variants"][0]["expected"]; }

  Outcome verify(Words more = {}, const Words& settings = {}) {
    write_text(scratch_ / "spec/manifest.json", text.empty() ? manifest.dump() : text);
    Words variables{"LOCKSTEP_ROOT=" + (scratch_ / "")};
    variables.insert(variables.end(), settings.begin(), settings.end());
    more.insert(more.begin(), "verify");
    return lockstep(more, variables);
  }

  Json manifest, proof;
  std::string text;  ///< instead of the manifest, if not empty

 private:
  Scratch scratch_;
};

const Words no_java{"JAVA_HOME=", "PATH=/nowhere"};

void check_ends(const Outcome& outcome, int status, const std::string& last_line) {
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == status);
  CHECK_THAT(outcome.out, Catch::Contains("\n" + last_line));
}

}  // namespace

TEST_CASE("verify: the verdict that the manifest expects is PASS, another one FAIL") {
  Root root;
  check_ends(root.verify(), 0, "PASS, 1 checks");
  const Json right = root.expected()["reference"];
  for (const std::string wrong : {"holds", "violates LimitOK", "deadlocks"}) {
    root.expected()["reference"] = {{"verdict", wrong}};
    const Outcome outcome = root.verify({"--json", "-"});
    CAPTURE(wrong, outcome.out);
    CHECK(outcome.status == 1);
    CHECK(misfits_of("verify", outcome.out) == "");
    const Json document = Json::parse(outcome.out);
    CHECK(document["verdict"] == "FAIL");
    CHECK(document["checks"][0]["expected"] == wrong);
    CHECK(document["checks"][0]["got"] != wrong);
  }
  root.expected()["reference"] = right;
  root.expected()["reference"]["steps"] = right["steps"].get<int>() + 1;
  check_ends(root.verify(), 1, "FAIL, 1 checks");
}

TEST_CASE("verify: what cannot be decided is UNKNOWN, and FAIL wins over it") {
  Root root;
  root.expected()["tlc"] = root.expected()["reference"];
  const Outcome open = root.verify({}, no_java);
  check_ends(open, 3, "UNKNOWN, 2 checks");
  CHECK_THAT(open.out, Catch::Contains("no Java"));
  root.expected()["reference"] = {{"verdict", "holds"}};
  check_ends(root.verify({}, no_java), 1, "FAIL, 2 checks");
}

TEST_CASE("verify: a run without a check is never PASS") {
  Root root;
  check_ends(root.verify({"--scenario", "S01"}), 3, "UNKNOWN, 0 checks");
  root.protocol()["variants"][0]["quick"] = false;
  check_ends(root.verify({"--quick"}), 3, "UNKNOWN, 0 checks");
}

TEST_CASE("verify: a manifest that cannot be read is named with its place") {
  const auto refused = [](const auto& spoil, const std::string& why) {
    Root root;
    spoil(root);
    CAPTURE(why);
    check_refused(root.verify(), 2, why);
  };
  refused([](Root& root) { root.text = "{"; }, "manifest.json: ");
  refused([](Root& root) { root.text = "[]"; }, "manifest.json: / has no member 'protocols'");
  refused([](Root& root) { root.protocol().erase("kernel"); },
          "manifest.json: /protocols/0 has no member 'kernel'");
  refused([](Root& root) { root.protocol()["variants"] = 5; }, "/protocols/0/variants is no list");
  refused([](Root& root) { root.protocol()["sizes"] = Json::array(); },
          "/protocols/0/sizes is empty");
  refused([](Root& root) { root.protocol()["sizes"][0]["size"] = "2x"; }, "size '2x'");
  refused([](Root& root) { root.protocol()["sizes"][0]["claims"] = {"sound"}; }, "claim 'sound'");
  refused([](Root& root) { root.protocol()["name"] = "nothing"; }, "nothing");
  refused([](Root& root) { root.protocol()["variants"][0]["name"] = "nothing"; }, "nothing");
  refused([](Root& root) { root.expected()["reference"] = "holds"; }, "has no member 'verdict'");
  refused([](Root& root) { root.expected()["oracle"] = {{"verdict", "holds"}}; }, "oracle");
  refused([](Root& root) { root.expected()["reference"]["steps"] = -1; }, "is no number");
}

TEST_CASE("verify: a proof comes out as the manifest expects, or it is FAIL", "[slow]") {
  Root root;
  root.protocol()["proof"] = root.proof;
  const auto judged = [&](const std::string& expected) {
    root.expected() = {{"inductive", {{"verdict", expected}}}};
    const Outcome outcome = root.verify({"--json", "-"});
    CAPTURE(outcome.err);
    CHECK(misfits_of("verify", outcome.out) == "");
    const Json document = Json::parse(outcome.out);
    REQUIRE(document["checks"].size() == 2);
    CHECK(document["checks"][0]["id"] == "vma_refcnt/inductive/holds");
    CHECK(document["checks"][0]["verdict"] == "PASS");
    CHECK(document["checks"][1]["id"] == "vma_refcnt/inductive/attach_unmarked");
    CHECK(document["checks"][1]["model"] == "sc");
    CHECK((document["checks"][1]["verdict"] == "PASS") == (outcome.status == 0));
    return outcome.status;
  };
  CHECK(judged("fails at Alloc_SetSeq -> Attach_SetRefcnt / Marking") == 0);
  CHECK(judged("fails at Alloc_SetSeq -> Attach_SetRefcnt / Count") == 1);
  CHECK(judged("proved") == 1);
}

TEST_CASE("verify: what bounds a proof has words in the manifest") {
  Root root;
  root.protocol()["proof"] = root.proof;
  root.protocol()["proof"]["words"].erase("Vmas");
  check_refused(root.verify(), 2, "the manifest's proof has no word for 'Vmas'");
  root.protocol()["proof"] = root.proof;
  root.protocol()["proof"].erase("walks");
  check_refused(root.verify(), 2, "/protocols/0/proof has no member 'walks'");
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

}  // namespace lockstep::testing
