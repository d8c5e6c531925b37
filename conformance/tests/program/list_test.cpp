// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>
#include <nlohmann/json.hpp>

#include "toy_root.hpp"

// What there is, as `list` and `explain` say it.
namespace lockstep::testing {

namespace {

using Json = nlohmann::json;

Json listed(const std::string& what) {
  return Json::parse(toy({"list", what, "--json", "-"}).out).at(what);
}

}  // namespace

TEST_CASE("list: variants, properties and questions, each with what is said of it") {
  const Json variants = listed("variants"), properties = listed("properties"),
             questions = listed("questions");
  const auto of = [](const Json& all, const char* key, const std::string& name) {
    const auto found = std::ranges::find_if(all, [&](const Json& o) { return o[key] == name; });
    return found == all.end() ? Json{} : *found;
  };
  CHECK(of(variants, "name", "no_look")["holds"] == false);
  CHECK(of(variants, "name", "no_look")["breaks"] == "AloneOK");
  CHECK(of(properties, "id", "I-02")["held_by"] == Json::array({"door/UsersOK"}));
  CHECK(of(questions, "name", "enter_or_close")["reachable"]["lkmm"] == false);
  const Outcome text = toy({"list", "variants", "door"}, {"COLUMNS=100"});
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Catch::Contains("no_look") && Catch::Contains("AloneOK"));
  // Of the tree, each variant's own words.
  const auto tree = Json::parse(lockstep({"list", "variants", "--json", "-"}).out).at("variants");
  for (const auto& folder : std::filesystem::directory_iterator(LOCKSTEP_SOURCE_DIR "/spec")) {
    const std::string facts = text_of((folder.path() / "protocol.json").string());
    if (facts.empty()) continue;
    for (const Json& variant : Json::parse(facts)["variants"]) {
      const Json there = of(tree, "name", variant["name"]);
      CAPTURE(variant.dump(), there.dump());
      CHECK(there["holds"] == variant["breaks"].is_null());
      CHECK(there["breaks"] == variant["breaks"]);
    }
  }
}

TEST_CASE("list scenarios: question, what breaks, what holds and the source of each") {
  const Json scenarios =
      Json::parse(lockstep({"list", "scenarios", "--json", "-"}).out).at("scenarios");
  CHECK(scenarios.size() == 75);
  const std::string all = lockstep({"list", "scenarios"}, {"COLUMNS=4000"}).out;
  for (const Json& scenario : scenarios) {
    for (const char* part : {"question", "what_breaks", "what_holds", "source"}) {
      CAPTURE(scenario["id"], part);
      CHECK_THAT(all, Catch::Contains(scenario[part].get<std::string>()));
    }
  }
}

TEST_CASE("explain: a scenario that a variant shows, and one that none shows yet") {
  const Outcome open = toy({"explain", "T02"}, {"COLUMNS=4000"});
  CHECK(open.status == 3);
  CHECK_THAT(open.out, Catch::Contains("Is there a window?") && Catch::Contains("no variant yet"));
  CHECK_THAT(open.err, Catch::Contains("T02: no protocol has a broken variant for it yet"));
  const Outcome shown = toy({"explain", "T01"}, {"COLUMNS=4000"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("T01  ") && Catch::Contains("  breaks    ") &&
                            Catch::Contains("AloneOK is violated"));
}

TEST_CASE("list sites: the place of a site is in its own protocol's file") {
  namespace fs = std::filesystem;
  const std::string tree = LOCKSTEP_SOURCE_DIR;
  const Json before = Json::parse(lockstep({"list", "sites", "--json", "-"}).out).at("sites");
  const auto known = std::ranges::find_if(before, [](const Json& site) {
    return !site["kernel"].is_null() && !site["primitive"].is_null();
  });
  REQUIRE(known != before.end());
  // Another file speaks of a site by the same name.
  const Scratch scratch;
  const std::string root = scratch / "root";
  fs::create_directories(root + "/conformance");
  fs::create_directory_symlink(tree + "/spec", root + "/spec");
  fs::copy(tree + "/reference", root + "/reference", fs::copy_options::recursive);
  fs::create_directory_symlink(tree + "/conformance/protocols", root + "/conformance/protocols");
  write_text(root + "/reference/another.hpp",
             "m.load(\"" + (*known)["site"].get<std::string>() + "\"_site);\n");
  const Outcome outcome = lockstep({"list", "sites", "--json", "-"}, {"LOCKSTEP_ROOT=" + root});
  CHECK(Json::parse(outcome.out).at("sites") == before);
}

TEST_CASE("list automaton --dot is one graph") {
  const std::string graph = toy({"list", "automaton", "door", "--dot"}).out;
  CHECK(graph.find("digraph") == 0);
  CHECK(graph.rfind("digraph") == 0);
  CHECK_THAT(graph, Catch::Contains("subgraph cluster_0") && Catch::Contains("subgraph cluster_1"));
}

}  // namespace lockstep::testing
