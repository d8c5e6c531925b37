// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <set>

#include "claims/told.hpp"
#include "model/verdict.hpp"
#include "tests/schema.hpp"
#include "toy_root.hpp"

// What the whole is asked, and what answers it: scenarios, properties, statements, numbers.
namespace lockstep::testing {

namespace {

using Json = nlohmann::json;
using Catch::Contains;
using Catch::EndsWith;

const Words wide{"COLUMNS=4000"};

Json document(const Outcome& outcome, const std::string& what) {
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  CHECK(misfits_of("list", outcome.out) == "");
  return Json::parse(outcome.out).at(what);
}
Json of_toy(const std::string& what) {
  return document(toy({"list", what, "--json", "-"}), what);
}
Json of_tree(const std::string& what) {
  return document(lockstep({"list", what, "--json", "-"}), what);
}
std::string text_of_toy(const std::string& what) {
  return toy({"list", what}, wide).out;
}

Json one(const Json& all, const std::string& id) {
  const auto found = std::ranges::find_if(all, [&](const Json& o) { return o["id"] == id; });
  return found == all.end() ? Json{} : *found;
}

std::string last_line(const std::string& text) {
  const std::size_t at = text.rfind('\n', text.size() - 2);
  return text.substr(at + 1);
}

void check_refused(const Outcome& outcome, const std::string& message) {
  CHECK(outcome.status == 2);
  CHECK_THAT(outcome.err, Contains(message));
}

/// Another scenario, S09, for the toy.
void add_scenario(const ToyRoot& root, const std::string& members) {
  root.change("spec/scenarios.json", "{\"id\": \"T02\"",
              "{\"id\": \"S09\", \"title\": \"one more\", \"source\": \"this toy\", \"question\": "
              "\"Well?\", " +
                  members + "},\n    {\"id\": \"T02\"");
}
Json scenario(const ToyRoot& root, const std::string& id) {
  return one(document(root.run({"list", "scenarios", "--json", "-"}), "scenarios"), id);
}

/// The protocols of the tree.
std::set<std::string> registered() {
  std::set<std::string> out;
  for (const Json& p : of_tree("protocols")) out.insert(p["name"].get<std::string>());
  return out;
}

}  // namespace

TEST_CASE("list scenarios: what answers each") {
  const Json all = of_toy("scenarios");
  const Json shown = one(all, "T01"), open = one(all, "T02");
  CHECK(shown["answer"] == "judged");
  CHECK(shown["broken"] == "no_look");
  CHECK(shown["holds"] == "holds");
  CHECK(shown["questions"] == Json::array());
  CHECK(shown["where"].is_null());
  for (const char* member : {"answer", "broken", "holds", "where"}) CHECK(open[member].is_null());
  const std::string text = text_of_toy("scenarios");
  CHECK_THAT(text, Contains("\n  answer    judged\n") &&
                       Contains("\n  broken by door/no_look violates AloneOK, 2; steps: "
                                "reference 4, tlc 4\n") &&
                       Contains("\n  held by   door as it is\n") &&
                       Contains("\n  answer    window is not in the tree\n"));
  CHECK(last_line(text) == "1 of 2 answered; without an answer: T02 (window is not in the tree)\n");
}

TEST_CASE("list scenarios: a question of orders is an answer, with what it is reachable under") {
  const ToyRoot root;
  add_scenario(root, "\"protocol\": \"door\", \"violates\": [\"I-01\"]");
  CHECK(scenario(root, "S09")["answer"].is_null());
  CHECK(last_line(root.run({"list", "scenarios"}, wide).out) ==
        "1 of 3 answered; without an answer: S09 (nothing here answers); "
        "T02 (window is not in the tree)\n");
  CHECK_THAT(root.run({"list", "scenarios"}, wide).out, Contains("  answer    none yet\n"));
  root.change("spec/door/questions/enter_or_close.question", "ids: I-01", "ids: I-01, S09");
  const Json asked = scenario(root, "S09");
  CHECK(asked["answer"] == "judged");
  CHECK(asked["broken"].is_null());
  CHECK(asked["holds"] == "holds");
  CHECK(asked["questions"] == Json::array({"door/enter_or_close"}));
  CHECK_THAT(root.run({"list", "scenarios"}, wide).out,
             Contains("  asked by  door/enter_or_close: reachable under no model\n"));
  root.change("spec/door/questions/enter_or_close.question",
              "forbidden:", "reachable: lkmm\nforbidden:");
  CHECK_THAT(root.run({"list", "scenarios"}, wide).out,
             Contains("  asked by  door/enter_or_close: reachable under lkmm\n"));
}

TEST_CASE("list scenarios: a definition and a figure are told in the protocol's README") {
  for (const auto& [kind, answer] :
       {std::pair<std::string, std::string>{"definition", "documented"},
        {"performance", "measured"}}) {
    const ToyRoot root;
    add_scenario(root, "\"protocol\": \"door\", \"kind\": \"" + kind + "\"");
    // A question is none.
    root.change("spec/door/questions/enter_or_close.question", "ids: I-01", "ids: I-01, S09");
    CHECK(scenario(root, "S09")["answer"].is_null());
    root.change("spec/door/README.md", "(O02)\n", "(O02)\n\n## By `hand`, S09\n");
    const Json told = scenario(root, "S09");
    CHECK(told["answer"] == answer);
    CHECK(told["where"] == "spec/door/README.md#by-hand-s09");
    CHECK_THAT(root.run({"list", "scenarios"}, wide).out,
               Contains("  told in   spec/door/README.md#by-hand-s09\n") &&
                   Contains("  answer    " + answer + "\n"));
  }
  // Another protocol's README does not count.
  const ToyRoot root;
  add_scenario(root, "\"protocol\": \"window\", \"kind\": \"definition\"");
  root.change("spec/door/README.md", "(O02)", "(O02, S09)");
  CHECK(scenario(root, "S09")["where"].is_null());
}

TEST_CASE("list scenarios: where nothing is wrong, a variant that holds is wanted") {
  const ToyRoot root;
  add_scenario(root, "\"protocol\": \"door\", \"violates\": []");
  CHECK(scenario(root, "S09")["answer"].is_null());
  for (const Json& s : of_tree("scenarios")) {
    if (s["answer"] != "judged") continue;
    CAPTURE(s.dump());
    CHECK((!s["broken"].is_null() || !s["questions"].empty() || !s["holds"].is_null()));
    CHECK_FALSE(s["holds"].is_null());
  }
  const std::string text = lockstep({"list", "scenarios"}, wide).out;
  CHECK_THAT(text,
             Contains("  broken by vma_count/no_waiter_bit violates WriterGets, 2x1, for ever\n") &&
                 Contains("  held by   seq_mark/counts_once\n"));
  const Json holding = one(of_tree("scenarios"), "S49");
  CHECK(holding["answer"] == "judged");
  CHECK(holding["broken"].is_null());
  CHECK_FALSE(holding["holds"] == "holds");
}

TEST_CASE("list scenarios: the variants of a scenario's own protocol come first") {
  namespace fs = std::filesystem;
  const std::string tree = LOCKSTEP_SOURCE_DIR;
  const Scratch scratch;
  fs::create_directory(scratch / "spec");
  for (const auto& entry : fs::directory_iterator(tree + "/spec")) {
    fs::create_symlink(entry.path(), scratch / ("spec/" + entry.path().filename().string()));
  }
  const auto shown = [&](const std::string& protocol) {
    Json scenarios = Json::parse(text_of(tree + "/spec/scenarios.json"));
    for (Json& s : scenarios["scenarios"]) {
      if (s["id"] == "S41") s["protocol"] = protocol;
    }
    fs::remove(scratch / "spec/scenarios.json");
    write_text(scratch / "spec/scenarios.json", scenarios.dump());
    const Outcome outcome =
        lockstep({"list", "scenarios", "--json", "-"}, {"LOCKSTEP_ROOT=" + (scratch / "")});
    return one(document(outcome, "scenarios"), "S41")["broken"].get<std::string>();
  };
  CHECK(shown("vma_lookup") == "dup_copies_lock");
  CHECK(shown("vma_refcnt") == "dup_forgets_field");
}

TEST_CASE("list properties: by id, who holds each, or why nobody does") {
  const Json all = of_toy("properties");
  CHECK(all.size() == 5);
  CHECK(one(all, "I-01")["held_by"] ==
        Json::array({"door/AloneOK", "door/question/enter_or_close",
                     "door/question/use_before_write", "door/question/write_before_use"}));
  CHECK(one(all, "I-01")["not_here"].is_null());
  CHECK(one(all, "I-03")["held_by"] == Json::array());
  CHECK(one(all, "I-03")["not_here"] == "window is not in the tree");
  CHECK(one(all, "I-04")["not_here"] == "a door has no colour here");
  const std::string text = text_of_toy("properties");
  CHECK_THAT(text, Contains("the count counts") && Contains("door/UsersOK") &&
                       Contains("a door has no colour here"));
  CHECK(last_line(text) == "4 of 5; without an answer: I-03 (window is not in the tree)\n");
  // Of one protocol: its properties, each with its own words.
  const Outcome own = toy({"list", "properties", "door"}, wide);
  CHECK_THAT(own.out, Contains("only its owner closes a door"));
  const ToyRoot root;
  root.change("spec/answers.json", "\"nobody leans out\", \"of\": \"window\"",
              "\"nobody leans out\"");
  CHECK(last_line(root.run({"list", "properties"}, wide).out) ==
        "4 of 5; without an answer: I-03 (nothing here answers)\n");
}

TEST_CASE("list statements: the questions that ask each, or where it is told") {
  const Json all = of_toy("statements");
  CHECK(all.size() == 3);
  CHECK(one(all, "O01")["questions"] == Json::array({"door/enter_or_close"}));
  CHECK(one(all, "O01")["where"].is_null());
  CHECK(one(all, "O02")["questions"].is_null());
  CHECK(one(all, "O02")["where"] == "spec/door/README.md#door-closed-by-hand-o02");
  CHECK(one(all, "O03")["questions"].is_null());
  CHECK(one(all, "O03")["where"].is_null());
  const std::string text = text_of_toy("statements");
  CHECK_THAT(text, Contains("one sees the other") && Contains("door/enter_or_close") &&
                       Contains("no model") &&
                       Contains("spec/door/README.md#door-closed-by-hand-o02"));
  CHECK(last_line(text) == "2 of 3; without an answer: O03 (window is not in the tree)\n");
}

TEST_CASE("list numbers: what holds each") {
  const Json all = of_toy("numbers");
  CHECK(all.size() == 3);
  CHECK(all[1]["value"] == "1");
  CHECK(all[1]["words"] == "owners of a door");
  CHECK(all[1]["held_by"] == Json::array({"door/CloseOK", "door/question/enter_or_close"}));
  CHECK(all[1]["not_here"].is_null());
  CHECK(all[2]["not_here"] == "window is not in the tree");
  const std::string text = text_of_toy("numbers");
  CHECK_THAT(text, Contains("steps into a violation") && Contains("door/variant/no_look") &&
                       Contains("window/Panes (window is not in the tree)"));
  CHECK(last_line(text) == "2 of 3; without an answer: 2 (window is not in the tree)\n");
}

TEST_CASE("answers.json: what is not known, not there or not needed is an error at its place") {
  struct Wrong {
    std::string from, to, message;
  };
  const std::vector<Wrong> wrong{
      {"\"words\": \"alone is alone\"", "\"word\": \"\"",
       "answers.json:3:28: 'word' is not known here; expected one of: id, words, of, not_here"},
      {"alone is alone", " ", "answers.json:3:29: 'words' is empty"},
      {"\"I-02\"", "\"I-01\"", "answers.json:4:12: 'id' stands twice"},
      {"\"I-02\"", "\"P-02\"", "answers.json:4:12: 'id' is 'P-02'; expected an id like I-15"},
      {"\"I-02\"", "\"I-2\"", "answers.json:4:12: 'id' is 'I-2'; expected an id like I-15"},
      {"\"O03\"", "\"O3\"", "'id' is 'O3'; expected an id like O03"},
      {"\"I-02\", \"words\": \"the count counts\"", "\"I-09\", \"words\": \"the count counts\"",
       "property door/UsersOK: holds 'I-02', which spec/answers.json lacks"},
      {"\"alone is alone\"", "\"alone\", \"not_here\": \"why?\"",
       "answers.json:3:50: 'not_here' is wrong: door/AloneOK holds it"},
      {"\"nobody leans out\", \"of\": \"window\"", "\"nobody leans out\", \"of\": \"wall\"",
       "answers.json:5:55: 'of' speaks of 'wall', which is no protocol"},
      {"\"windows are opened first\", \"of\": \"window\"", "\"windows\", \"of\": \"wall\"",
       "'of' speaks of 'wall', which is no protocol"},
      {"{\"id\": \"O01\"", "{\"where\": \"\", \"id\": \"O01\"",
       "'where' is not known here; expected one of: id, words, of"},
      {"\"O01\"", "\"O09\"",
       "enter_or_close.question:3:1: 'O01' is an id that spec/answers.json lacks"},
      {"\"O02\"", "\"O08\"", "README.md:4:25: 'O02' is no scenario and no statement"},
      {"door/variant/no_look", "door/variant/no_lock",
       "item 1 of 'held_by' is 'door/variant/no_lock', which is not there; did you mean "
       "'door/variant/no_look'?"},
      {"door/CloseOK", "door/ClosedOK",
       "item 1 of 'held_by' is 'door/ClosedOK', which is not there"},
      {"door/question/enter_or_close", "door/question/enter",
       "item 2 of 'held_by' is 'door/question/enter', which is not there"},
      {"window/Panes", "wall/Panes", "item 1 of 'held_by' speaks of 'wall', which is no protocol"},
      {"window/Panes", "Panes", "item 1 of 'held_by' is 'Panes'; expected P/Property, "},
      {"[\"window/Panes\"]", "[]", "'held_by' is empty"},
      {"\"value\": \"2\"", "\"value\": 2", "'value' is no text"},
      {"\"numbers\": [", "\"figures\": [], \"numbers\": [",
       "'figures' is not known here; expected one of: properties, statements, numbers"},
  };
  for (const Wrong& w : wrong) {
    CAPTURE(w.to);
    const ToyRoot root;
    root.change("spec/answers.json", w.from, w.to);
    check_refused(root.run({"list", "numbers"}), w.message);
  }
  for (const std::string what : {"scenarios", "properties", "statements"}) {
    const ToyRoot root;
    root.change("spec/answers.json", "window/Panes", "wall/Panes");
    check_refused(root.run({"list", what}), "which is no protocol");
  }
  const ToyRoot none;
  none.remove("spec/answers.json");
  check_refused(none.run({"list", "numbers"}),
                "answers.json: cannot be read; expected what is asked of the whole");
  CHECK(none.run({"list", "protocols"}).status == 0);
}

TEST_CASE("answers.json: a test that is named is there") {
  const auto listed = [](const std::string& name, bool tests) {
    const ToyRoot root;
    root.change("spec/answers.json", "window/Panes", name);
    if (tests) {
      std::filesystem::create_directories(root.file("conformance/tests/panes"));
      root.write("conformance/tests/panes/panes_test.cpp",
                 "TEST_CASE(\"two panes\", \"[x]\") {}\n");
      root.write("conformance/tests/panes/panes.txt", "TEST_CASE(\"no panes\") {}\n");
    }
    return root.run({"list", "numbers"}, wide);
  };
  const Outcome there = listed("test/panes: two panes", true);
  CHECK(there.status == 0);
  CHECK(last_line(there.out) == "3 of 3\n");
  for (const std::string name : {"panes: two", "panes: no panes", "pane: two panes", "panes"}) {
    check_refused(listed("test/" + name, true),
                  "item 1 of 'held_by' is a test, '" + name + "', that is not there");
  }
  // An installed program has no tests beside it.
  CHECK(listed("test/panes: two", false).status == 0);
}

TEST_CASE("ids in a README: in headings and in bold, below the heading that GitHub names so") {
  const std::vector<std::string> known{"S01", "S02", "D03", "O04", "O14b", "S05"};
  const auto told = told_in(
      "**S05** before all\n# The `top`: a_b, C-d!\nplain S01, **bold** S01, **x S02, D03.** S01\n"
      "## Again\n- **O14b**: so\n```\n**S77**\n```\n## Again\n**O04** **S02**\n###### S01 again\n",
      "f.md", known);
  CHECK(told == std::map<std::string, std::string>{{"S05", ""},
                                                   {"S02", "the-top-a_b-c-d"},
                                                   {"D03", "the-top-a_b-c-d"},
                                                   {"O14b", "again"},
                                                   {"O04", "again-1"},
                                                   {"S01", "s01-again"}});
  CHECK(told_in("**AS01 S011 S0 O14bc x-S01 S01_a T01**", "f.md", known).empty());
  try {
    told_in("a\n\nb **S01, S03**\n", "f.md", known);
    FAIL("nothing is wrong");
  } catch (const InputError& error) {
    CHECK_THAT(error.what(), Contains("f.md:3:10: 'S03' is no scenario and no statement"));
  }
}

TEST_CASE("of the tree nothing is without an answer whose protocol is there") {
  const std::set<std::string> there = registered();
  const Json asked = Json::parse(text_of(LOCKSTEP_SOURCE_DIR "/spec/answers.json"));
  const auto may_lack = [&](const Json& entry) {
    return entry.contains("of") && !there.contains(entry["of"].get<std::string>());
  };
  std::size_t lacking = 0;
  const auto lacks = [&](const std::string& id, bool answered, bool may) {
    CAPTURE(id);
    CHECK((answered || may));
    if (!answered) ++lacking;
  };
  const auto check_count = [&](const std::string& what, std::size_t all, const std::string& tail) {
    const std::string end = last_line(lockstep({"list", what}, wide).out);
    const std::string count = std::to_string(all - lacking) + " of " + std::to_string(all) + tail;
    CHECK_THAT(end, Catch::StartsWith(count + (lacking == 0 ? "\n" : "; without an answer: ")));
    lacking = 0;
  };
  const Json scenarios = of_tree("scenarios");
  for (const Json& s : scenarios) {
    lacks(s["id"], !s["answer"].is_null(), !there.contains(s["protocol"].get<std::string>()));
  }
  CHECK(scenarios.size() == 75);
  check_count("scenarios", 75, " answered");
  const Json properties = of_tree("properties");
  for (const Json& entry : asked["properties"]) {
    const Json listed = one(properties, entry["id"]);
    lacks(entry["id"], !listed["held_by"].empty() || entry.contains("not_here"), may_lack(entry));
  }
  CHECK(properties.size() == 44);
  check_count("properties", 44, "");
  const Json statements = of_tree("statements");
  for (const Json& entry : asked["statements"]) {
    const Json listed = one(statements, entry["id"]);
    lacks(entry["id"], !listed["questions"].is_null() || !listed["where"].is_null(),
          may_lack(entry));
  }
  CHECK(statements.size() == 28);
  check_count("statements", 28, "");
  for (const Json& number : of_tree("numbers")) {
    lacks(number["value"], number["not_here"].is_null(), !number["not_here"].is_null());
  }
  check_count("numbers", asked["numbers"].size(), "");
}

TEST_CASE("the ids that the whole is asked are those of the mails") {
  const Json asked = Json::parse(text_of(LOCKSTEP_SOURCE_DIR "/spec/answers.json"));
  std::set<std::string> expected, found;
  const auto id = [](const std::string& letter, int number) {
    return letter + (number < 10 ? "0" : "") + std::to_string(number);
  };
  for (int i = 1; i <= 34; ++i) expected.insert(id("I-", i));
  for (int i = 1; i <= 10; ++i) expected.insert(id("L-", i));
  for (int i = 1; i <= 26; ++i) expected.insert(id("O", i));
  expected.insert({"O14b", "O14c"});
  for (const char* what : {"properties", "statements"}) {
    for (const Json& entry : asked[what]) found.insert(entry["id"].get<std::string>());
  }
  CHECK(found == expected);
}

}  // namespace lockstep::testing
