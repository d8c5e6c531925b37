// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <nlohmann/json.hpp>
#include <set>

#include "program.hpp"

// What a shell is told is what the commands know.
namespace lockstep::testing {

namespace {

using Json = nlohmann::json;

Json listed(const Words& what) {
  Words words{"list"};
  words.insert(words.end(), what.begin(), what.end());
  words.insert(words.end(), {"--json", "-"});
  return Json::parse(lockstep(words).out)[what.front()];
}

std::multiset<std::string> completed(const Words& typed) {
  Words words{"completion", "candidates", "--json", "-", "--"};
  words.insert(words.end(), typed.begin(), typed.end());
  std::multiset<std::string> out;
  const Json found = Json::parse(lockstep(words).out);
  for (const Json& one : found["candidates"]) out.insert(one["word"]);
  return out;
}

}  // namespace

TEST_CASE("completion names the protocols, variants, scenarios and questions that list names") {
  std::multiset<std::string> protocols, scenarios;
  for (const Json& p : listed({"protocols"})) protocols.insert(p["name"]);
  for (const Json& s : listed({"scenarios"})) scenarios.insert(s["id"]);
  CHECK(protocols.size() > 10);
  CHECK(completed({"check", ""}) == protocols);
  CHECK(completed({"verify", "--protocol", ""}) == protocols);
  CHECK(completed({"explain", ""}) == scenarios);
  CHECK(completed({"verify", "--scenario", ""}) == scenarios);
  std::map<std::string, std::multiset<std::string>> variants, questions, sizes;
  for (const Json& p : listed({"protocols"})) {
    for (const Json& name : p["variants"]) variants[p["name"]].insert(name);
    for (const Json& size : p["sizes"]) sizes[p["name"]].insert(size);
  }
  for (const Json& q : listed({"questions"})) questions[q["protocol"]].insert(q["name"]);
  for (const std::string& p : protocols) {
    CAPTURE(p);
    CHECK(completed({"check", p, "--variant", ""}) == variants[p]);
    CHECK(completed({"explore", p, "--size", ""}) == sizes[p]);
    CHECK(completed({"order", p, "--question", ""}) == questions[p]);
  }
  std::multiset<std::string> models;
  for (const Json& m : listed({"models"})) models.insert(m["name"]);
  CHECK(completed({"litmus", "--model", ""}) == models);
  CHECK(completed({"order", "vma_count", "--weaken", "Put_Dec="}).contains("Put_Dec=once"));
}

TEST_CASE("every option's help is completed, of every command") {
  const std::string help = lockstep({"verify", "--help"}).out;
  const auto options = completed({"verify", "--"});
  CHECK(options.size() > 10);
  for (const std::string& option : options) CHECK_THAT(help, Catch::Contains(option));
  CHECK(completed({"list", ""}).contains("questions"));
  CHECK(completed({"verify", "--color", ""}) ==
        std::multiset<std::string>{"always", "auto", "never"});
}

TEST_CASE("what a value is called says what may stand there") {
  const std::string help = lockstep({"completion", "zsh"}).out;
  CHECK_THAT(help, Catch::StartsWith("#compdef lockstep\n"));
  for (const std::string command : {"check", "order", "explain", "litmus", "trace", "verify"}) {
    CAPTURE(command);
    CHECK_THAT(lockstep({command, "--help"}).out, !Catch::Contains(" TEXT "));
  }
  check_refused(lockstep({"completion", "tcsh"}), 2, "tcsh not in {bash,zsh,fish,candidates}");
  check_refused(lockstep({"completion", "bash", "word"}), 2, "takes no words");
}

}  // namespace lockstep::testing
