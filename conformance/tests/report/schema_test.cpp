// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/schema.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/schema.hpp"

namespace lockstep::testing {
namespace {

namespace fs = std::filesystem;
using report::Json;

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator(LOCKSTEP_SOURCE_DIR "/conformance/schemas")) {
    names.push_back(file.path().stem().stem());
  }
  std::ranges::sort(names);
  return names;
}

TEST_CASE("schemas: each fits its own examples, and not without a member or with one more") {
  for (const std::string& name : schema_names()) {
    const Json schema = schema_named(name);
    REQUIRE_FALSE(schema.at("examples").empty());
    for (const Json& example : schema["examples"]) {
      CAPTURE(name, example.dump());
      CHECK(report::join(report::misfits(schema, example), "\n") == "");
      // Of a list, the first of its objects is spoilt.
      const auto spoilt = [&example](const auto& spoil) {
        Json document = example;
        spoil(document.is_array() ? document.at(0) : document);
        return document;
      };
      const Json object = example.is_array() ? example.at(0) : example;
      for (const auto& [member, value] : object.items()) {
        const Json less = spoilt([&member](Json& o) { o.erase(member); });
        CHECK_FALSE(report::misfits(schema, less).empty());
      }
      const Json more = spoilt([](Json& o) { o["surplus"] = 1; });
      CHECK_FALSE(report::misfits(schema, more).empty());
    }
  }
}

TEST_CASE("schemas: a misfit names its place") {
  Json document = schema_named("verify")["examples"][0];
  document["checks"][0]["verdict"] = "GOOD";
  document["checks"][0].erase("states");
  document["seconds"] = -1;
  CHECK(misfits_of("verify", document.dump()) ==
        "/seconds: -1 is below 0\n"
        "/checks/0/verdict: \"GOOD\" is not one of [\"PASS\",\"FAIL\",\"UNKNOWN\"]\n"
        "/checks/0: member \"states\" is missing");
  CHECK(misfits_of("verify", "[]").starts_with("/: [] is not of type \"object\""));
  CHECK(misfits_of("verify", "{").starts_with("no JSON"));
}

TEST_CASE("schemas: a keyword that is not understood is an error, not a pass") {
  CHECK_THROWS_AS(report::misfits(Json::parse(R"({"maxLength": 3})"), "text"), std::logic_error);
  CHECK_THROWS_AS(report::misfits(Json::parse(R"({"$ref": "other.json"})"), 1), std::logic_error);
}

TEST_CASE("schemas: the manifest and every golden trace of the tree fit") {
  const std::string tree = LOCKSTEP_SOURCE_DIR;
  CHECK(misfits_of("scenarios", text_of(tree + "/spec/scenarios.json")) == "");
  CHECK(misfits_of("answers", text_of(tree + "/spec/answers.json")) == "");
  CHECK(misfits_of("kernel", text_of(tree + "/spec/kernel.json")) == "");
  for (const auto& folder : fs::directory_iterator(tree + "/spec")) {
    for (const std::string document : {"protocol", "verdicts"}) {
      const fs::path file = folder.path() / (document + ".json");
      CAPTURE(file);
      if (fs::exists(file)) CHECK(misfits_of(document, text_of(file)) == "");
    }
  }
  if (!fs::is_directory(tree + "/traces")) return;
  for (const auto& entry : fs::recursive_directory_iterator(tree + "/traces")) {
    if (!entry.path().string().ends_with(".itf.json")) continue;
    CAPTURE(entry.path().filename());
    CHECK(misfits_of("itf", text_of(entry.path())) == "");
  }
}

}  // namespace
}  // namespace lockstep::testing
