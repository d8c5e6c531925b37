// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/itf.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <fstream>

#include "model/verdict.hpp"

using namespace lockstep;
namespace fs = std::filesystem;

namespace {

Layout small_layout() {
  Layout layout;
  layout.add({"count", {}, Sort::integer, {}});
  layout.add({"pc", {"r1"}, Sort::string, {}});
  layout.add({"pc", {"m1"}, Sort::string, {}});
  layout.add({"tree", {"m1", "s1"}, Sort::name, {}});
  layout.add({"tree", {"m1", "s2"}, Sort::name, {}});
  layout.add({"flag", {"1"}, Sort::boolean, {}});
  return layout;
}

Trace small_trace(Layout& layout) {
  const auto name = [&layout](const char* text) { return layout.symbols.intern(text); };
  Trace trace;
  trace.subject = {"small", "holds", "1x1x2"};
  trace.states = {{0, name("idle"), name("say \"hi\""), null_atom, null_atom, 0},
                  {-7, name("in"), name("say \"hi\""), name("v1"), null_atom, 1}};
  trace.steps = {{name("Alloc"), name("m1"), 2, {name("v1"), -3}}};
  return trace;
}

const std::string file_text = R"({
  "#meta": {"format": "ITF", "protocol": "small", "variant": "holds", "size": "1x1x2"},
  "vars": ["count", "pc", "tree", "flag"],
  "states": [
    {"#meta": {"index": 0}, "count": 0, "pc": {"#map": [["r1", "idle"], ["m1", "say \"hi\""]]}, )"
                              R"("tree": {"#map": [["m1", {"#map": [["s1", "Null"], )"
                              R"(["s2", "Null"]]}]]}, "flag": {"#map": [[1, false]]}},
    {"#meta": {"index": 1, "site": "Alloc", "task": "m1", "args": ["v1", -3]}, "count": -7, )"
                              R"("pc": {"#map": [["r1", "in"], ["m1", "say \"hi\""]]}, )"
                              R"("tree": {"#map": [["m1", {"#map": [["s1", "v1"], )"
                              R"(["s2", "Null"]]}]]}, "flag": {"#map": [[1, true]]}}
  ]
}
)";

Trace read(const std::string& text) {
  Layout layout = small_layout();
  return ItfFile{text, "a.itf.json"}.trace(layout);
}

std::string complaint(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  REQUIRE(text.find(from) != std::string::npos);
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a trace is written one state a line, in a fixed order") {
  Layout layout = small_layout();
  CHECK(itf_text(small_trace(layout), layout) == file_text);
}

TEST_CASE("a trace written is read back as the same trace, a lasso too") {
  Layout layout = small_layout();
  Trace trace = small_trace(layout);
  CHECK(ItfFile{itf_text(trace, layout), "a"}.trace(layout) == trace);
  trace.loop = 1;
  trace.steps.push_back(trace.steps.front());
  const std::string text = itf_text(trace, layout);
  CHECK(ItfFile{text, "a"}.trace(layout) == trace);
  CHECK(ItfFile{text, "a"}.subject() == trace.subject);
}

TEST_CASE("what other tools may write is read too: any order, big integers, more members") {
  Layout layout = small_layout();
  const Trace trace = small_trace(layout);
  CHECK(
      ItfFile{replaced(file_text, "\"count\": -7", "\"count\": {\"#bigint\": \"-7\"}"), "a"}.trace(
          layout) == trace);
  CHECK(ItfFile{replaced(file_text, "[\"count\", \"pc\",", "[\"pc\", \"count\","), "a"}.trace(
            layout) == trace);
  CHECK(ItfFile{replaced(file_text, "\"vars\"", "\"params\": [], \"vars\""), "a"}.trace(layout) ==
        trace);
}

TEST_CASE("a step that is not named is said to be unnamed, what testing adds is left out") {
  Layout layout = small_layout();
  Trace trace = small_trace(layout);
  const std::string tested = replaced(
      replaced(file_text, "\"flag\"]", "\"flag\", \"mbt::actionTaken\", \"mbt::nondetPicks\"]"),
      "\"count\": -7", "\"mbt::actionTaken\": \"a\", \"mbt::nondetPicks\": {}, \"count\": -7");
  CHECK(ItfFile{tested, "a"}.trace(layout) == trace);
  trace.steps = {Step{}};
  trace.unnamed = {0};
  CHECK(ItfFile{replaced(file_text, "\"site\": \"Alloc\", ", ""), "a"}.trace(layout) == trace);
  const std::string meta =
      R"("#meta": {"index": 1, "site": "Alloc", "task": "m1", "args": ["v1", -3]}, )";
  CHECK(ItfFile{replaced(file_text, meta, ""), "a"}.trace(layout) == trace);
  trace.loop = 0;
  trace.steps.emplace_back();
  trace.unnamed = {0, 1};
  CHECK(ItfFile{replaced(replaced(file_text, meta, ""), "\"vars\"", "\"loop\": 0, \"vars\""), "a"}
            .trace(layout) == trace);
}

TEST_CASE("a step of a site or a task that there is not is refused at its place") {
  Layout layout = small_layout();
  const auto said = [&](const StepNames& known) -> std::string {
    try {
      ItfFile{file_text, "a.itf.json"}.trace(layout, known);
    } catch (const InputError& error) {
      return error.what();
    }
    return "accepted";
  };
  CHECK(said({{"Alloc", "Free"}, {"m1"}}) == "accepted");
  CHECK(said({{"Free", "Get"}, {"m1"}}) ==
        "a.itf.json:6:36: no site 'Alloc' in this protocol; expected one of: Free, Get");
  CHECK(said({{"Alloc"}, {"m2"}}) ==
        "a.itf.json:6:53: no task 'm1' in this protocol; expected one of: m2");
}

TEST_CASE("a trace of another tool is said to be one, with what is missing") {
  const auto said = [](const std::string& text) -> std::string {
    try {
      ItfFile{text, "a", {"one", "two"}};
    } catch (const InputError& error) {
      return error.what();
    }
    return "accepted";
  };
  const std::string states = R"("vars": ["lamp"], "states": [{"lamp": "off"}]})";
  CHECK_THAT(said("{\"#meta\": {\"source\": \"Lamp.tla\"}, " + states),
             Catch::StartsWith("a:1:11: no \"protocol\" here: a trace of another tool (Lamp.tla); "
                               "expected \"#meta\" with \"protocol\" (one, two), \"variant\""));
  CHECK_THAT(said("{" + states), Catch::StartsWith("a:1:1: no \"#meta\" here: a trace of another"));
  CHECK_THAT(said(file_text),
             Catch::StartsWith("a:2:42: protocol 'small': unknown; expected one of: one, two"));
  CHECK_THAT(said(replaced(file_text, "\"variant\": \"holds\", ", "")),
             Catch::Contains("no \"variant\" here; expected"));
}

TEST_CASE("a value of the wrong form is called what it is") {
  const std::vector<std::array<std::string, 3>> wrong = {
      {R"("pc": {"#map": [["r1", "in"], ["m1", "say \"hi\""]]})",
       R"("pc": {"r1": "in", "m1": "x"})",
       "pc is a record; expected a function, {\"#map\": [[argument, value], ...]}"},
      {R"("flag": {"#map": [[1, true]]})", R"("flag": {"#unserializable": "[x |-> y]"})",
       "flag is a value that its writer could not write (\"#unserializable\"); expected a function"},
      {R"("flag": {"#map": [[1, true]]})", R"("flag": {"#set": []})", "flag is a set"},
      {R"("count": -7)", R"("count": {"#unserializable": "Int"})",
       "count is not an integer, but a value that its writer could not write"},
      {R"({"#map": [["s1", "v1"], ["s2", "Null"]]})", R"(["v1", "Null"])",
       "tree[m1] is a list; expected a function"},
  };
  for (const auto& [from, to, expected] : wrong) {
    INFO(to);
    CHECK_THAT(complaint(replaced(file_text, from, to)), Catch::Contains(expected));
  }
}

TEST_CASE("a trace cut short anywhere is refused") {
  REQUIRE(complaint(file_text) == "accepted");
  const std::size_t last = file_text.rfind('}');
  for (std::size_t size = 0; size <= last; ++size) {
    INFO(file_text.substr(0, size));
    CHECK(complaint(file_text.substr(0, size)) != "accepted");
  }
  CHECK_THAT(complaint(""), Catch::StartsWith("a.itf.json:1:1: empty"));
  CHECK_THAT(complaint(file_text.substr(0, 200)), Catch::Contains("the file ends here"));
}

TEST_CASE("a trace with any byte broken is refused or still a trace, never a crash") {
  for (std::size_t at = 0; at < file_text.size(); ++at) {
    for (const char c : {'\0', '"', '[', '}', '9', '\xff'}) {
      std::string text = file_text;
      text[at] = c;
      complaint(text);
    }
  }
}

TEST_CASE("what is wrong in a trace is named with its line and column") {
  const std::vector<std::array<std::string, 3>> wrong = {
      {"\"count\": -7", "\"count\": true", "a.itf.json:6:89: count is not an integer"},
      {"\"count\": -7", "\"count\": 1.5", "count is not an integer"},
      {"\"count\": -7", "\"count\": 9999999999", "an integer too large"},
      {"\"count\": -7, ", "", "a.itf.json:6:5: the state has no count"},
      {"\"count\": -7", "\"more\": 1, \"count\": -7", "unknown variable more"},
      {"\"count\": -7", "\"count\": 1, \"count\": -7", "the key \"count\" stands twice"},
      {"[\"r1\", \"in\"]", "[\"r2\", \"in\"]", "pc[r2] is not a part of the protocol's state"},
      {"[\"r1\", \"in\"]", "[\"r1\"]", "not a pair"},
      {"[\"r1\", \"in\"]", "[\"m1\", \"in\"]", "pc[m1] stands twice"},
      {"[\"r1\", \"in\"]", "[\"r1\", 1]", "pc[r1] is not a name in quotes"},
      {"[1, true]", "[1, 1]", "flag[1] is not true or false"},
      {"\"index\": 1", "\"index\": 2", "a state is missing; expected index 1"},
      {"\"site\": \"Alloc\"", "\"site\": 3", "\"site\" is not a string"},
      {"\"task\": \"m1\", ", "", "no \"task\" here"},
      {"\"args\": [\"v1\"", "\"args\": [null", "an argument is neither"},
      {"\"args\": [\"v1\"", "\"args\": [1, 2, 3, \"v1\"", "too many arguments"},
      {"\"flag\"]", "\"flag\", \"flag\"]", "\"vars\" names flag"},
      {", \"flag\"]", "]", "\"vars\" does not name flag"},
      {"\"protocol\": \"small\"", "\"protocol\": 3", "\"protocol\" is not a string"},
      {"\"variant\": \"holds\", ", "", "no \"variant\" here"},
      {"\"vars\"", "\"loop\": 7, \"vars\"", "\"loop\" names no state"},
      {"\"size\"", "size", "a.itf.json:2:71: not JSON"},
  };
  for (const auto& [from, to, expected] : wrong) {
    INFO(to);
    CHECK_THAT(complaint(replaced(file_text, from, to)), Catch::Contains(expected));
  }
  CHECK_THAT(complaint("[]"), Catch::Contains("not an object"));
  CHECK_THAT(complaint("{\"#meta\": {\"protocol\": \"\", \"variant\": \"\", \"size\": \"\"}, "
                       "\"vars\": [\"count\", \"pc\", \"tree\", \"flag\"], \"states\": []}"),
             Catch::Contains("a trace without states"));
}

TEST_CASE("a file of brackets is refused at once") {
  for (const char* open : {"[", "{\"a\":", "{\"a\":[["}) {
    std::string text = "{\"#meta\":";
    while (text.size() < 20'000'000) text += open;
    CHECK_THAT(complaint(text), Catch::Contains("nested too deep"));
  }
  CHECK_THAT(complaint(std::string(20'000'000, '[')), Catch::Contains("not an object"));
}

TEST_CASE("a file is written as a whole or not at all") {
  std::string name = (fs::temp_directory_path() / "lockstep-test-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  const fs::path directory = name;
  Layout layout = small_layout();
  const Trace trace = small_trace(layout);
  write_itf(directory / "a.itf.json", trace, layout);
  write_itf(directory / "a.itf.json", trace, layout);
  CHECK(ItfFile{directory / "a.itf.json"}.trace(layout) == trace);
  CHECK(std::distance(fs::directory_iterator{directory}, {}) == 1);
  CHECK_THROWS_AS(write_itf(directory / "none" / "a.itf.json", trace, layout), InputError);
  fs::create_directory(directory / "taken");
  CHECK_THROWS_AS(write_itf(directory / "taken", trace, layout), InputError);
  CHECK(std::distance(fs::directory_iterator{directory}, {}) == 2);
  CHECK_THROWS_AS(ItfFile{directory}, InputError);
  CHECK_THROWS_AS(ItfFile{directory / "none.itf.json"}, InputError);
  fs::remove_all(directory);
}
