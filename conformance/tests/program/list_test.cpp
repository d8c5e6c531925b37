// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>
#include <nlohmann/json.hpp>

#include "program.hpp"

// What there is, as `list` and `explain` say it.
namespace lockstep::testing {

namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

Json listed(const std::string& what) {
  return Json::parse(lockstep({"list", what, "--json", "-"}).out).at(what);
}

}  // namespace

TEST_CASE("list: variants, properties and questions, each with what is said of it") {
  const Json variants = listed("variants"), properties = listed("properties"),
             questions = listed("questions");
  const Json facts = Json::parse(text_of(LOCKSTEP_SOURCE_DIR "/spec/vma_refcnt/protocol.json"));
  const auto of = [](const Json& all, const char* key, const std::string& name) {
    const auto found = std::ranges::find_if(all, [&](const Json& o) { return o[key] == name; });
    return found == all.end() ? Json{} : *found;
  };
  for (const Json& variant : facts["variants"]) {
    const Json there = of(variants, "name", variant["name"]);
    CAPTURE(variant.dump(), there.dump());
    CHECK(there["holds"] == variant["breaks"].is_null());
    CHECK(there["breaks"] == variant["breaks"]);
  }
  CHECK(of(properties, "id", "I-15")["held_by"] ==
        Json::array({"vma_refcnt/CountOK", "vma_refcnt/RefcntOK"}));
  CHECK(of(questions, "name", "lost_wakeup")["reachable"]["lkmm"] == false);
  const Outcome text = lockstep({"list", "variants", "vma_refcnt"}, {"COLUMNS=100"});
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Catch::Contains("dup_copies_refcnt") && Catch::Contains("RefcntOK"));
}

TEST_CASE("list scenarios and explain: question, what breaks, what holds and the source of each") {
  const Json scenarios = listed("scenarios");
  CHECK(scenarios.size() == 75);
  const std::string all = lockstep({"list", "scenarios"}, {"COLUMNS=4000"}).out;
  for (const Json& scenario : scenarios) {
    for (const char* part : {"question", "what_breaks", "what_holds", "source"}) {
      CAPTURE(scenario["id"], part);
      CHECK_THAT(all, Catch::Contains(scenario[part].get<std::string>()));
    }
  }
  // One that no variant shows yet is explained as far as it can be.
  const Outcome open = lockstep({"explain", "S01"}, {"COLUMNS=4000"});
  CHECK(open.status == 3);
  CHECK_THAT(open.out, Catch::Contains(scenarios[0]["question"].get<std::string>()) &&
                           Catch::Contains("no variant yet"));
  CHECK_THAT(open.err, Catch::Contains("S01: no protocol has a broken variant for it yet"));
  const Outcome shown = lockstep({"explain", "S39"}, {"COLUMNS=4000"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("S39  ") && Catch::Contains("  breaks    ") &&
                            Catch::Contains("RefcntOK is violated"));
}

TEST_CASE("list sites: the place of a site is in its own protocol's file") {
  const Scratch scratch;
  const std::string root = scratch / "root";
  fs::create_directory(root);
  fs::create_directory_symlink(LOCKSTEP_SOURCE_DIR "/spec", root + "/spec");
  fs::copy(LOCKSTEP_SOURCE_DIR "/reference", root + "/reference", fs::copy_options::recursive);
  fs::create_directory(root + "/conformance");
  fs::create_directory_symlink(LOCKSTEP_SOURCE_DIR "/conformance/protocols",
                               root + "/conformance/protocols");
  write_text(root + "/reference/another.hpp", "m.load(\"Lookup_Walk\"_site);\n");
  const Outcome outcome = lockstep({"list", "sites", "--json", "-"}, {"LOCKSTEP_ROOT=" + root});
  const Json sites = Json::parse(outcome.out).at("sites");
  for (const Json& site : sites) {
    if (site["site"] != "Lookup_Walk") continue;
    CHECK_THAT(site["reference"].get<std::string>(), Catch::StartsWith("vma_refcnt"));
    CHECK(site["kernel"] == "mas_walk");
    CHECK(site["primitive"] == "rcu_dereference");
  }
}

TEST_CASE("list automaton --dot is one graph") {
  const std::string graph = lockstep({"list", "automaton", "vma_refcnt", "--dot"}).out;
  CHECK(graph.find("digraph") == 0);
  CHECK(graph.rfind("digraph") == 0);
  CHECK_THAT(graph, Catch::Contains("subgraph cluster_0") && Catch::Contains("subgraph cluster_1"));
}

}  // namespace lockstep::testing
