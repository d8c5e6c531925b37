// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <fstream>

#include "model/verdict.hpp"
#include "tests/tla/small_module.hpp"
#include "tla/syntax.hpp"
#include "tlc/scratch.hpp"

using namespace lockstep;
using namespace lockstep::testing;
using Catch::Contains;

TEST_CASE("a module tells its definitions, their places and comments", "[tla]") {
  const tla::Module module = small_module(
      "\\* Far away.\n\n(* A box of           *)\n(* two lines.         *)\nOne == a = 1 \\* "
      "aside\n"
      "Two ==\n  a = 2\n\\* What three\n\\* is.\nThree == a = 3\nAll == /\\ One /\\ Two\n       "
      "/\\ Three\n"
      "Not == One /\\ ~Two");
  CHECK(module.definitions() == std::vector<std::string>{"One", "Two", "Three", "All", "Not"});
  CHECK(module.comment("One") == "A box of two lines.");
  CHECK(module.comment("Two").empty());
  CHECK(module.comment("Three") == "What three is.");
  CHECK(module.place("Three").line == 14);
  CHECK(module.place("Three").column == 1);
  CHECK(module.conjuncts("All") == std::vector<std::string>{"One", "Two", "Three"});
  CHECK_THROWS_WITH(module.conjuncts("Not"), Contains("17:15: expected the name of a definition"));
  CHECK_THROWS_WITH(module.expand("None", {}), Contains("no definition 'None'"));
  CHECK_THROWS_WITH(module.expand_text("a = ", "the question", {}), Contains("the question:1:5"));
  CHECK_THROWS_WITH(module.expand_text("a = 1 ==== b", "q", {}), Contains("q:1:7"));
}

TEST_CASE("a [] between the arms of a CASE says nothing of behaviours", "[tla]") {
  // What is taken for liveness is asked of no state.
  const auto says = [](const std::string& text) {
    const tla::Module module = small_module("What == " + text);
    const auto& all = module.text().definitions;
    const auto what = std::ranges::find(all, "What", &tla::Definition::name);
    REQUIRE(what != all.end());
    return what->says;
  };
  for (const char* value : {"a", "1", "\"x\"", "TRUE", "(a)", "{a}", "<<a>>", "f[a]"}) {
    CAPTURE(value);
    CHECK(says("CASE a = 1 -> " + std::string{value} + " [] a = 2 -> 2 [] OTHER -> 3") ==
          tla::Says::state);
  }
  CHECK(says("CASE a = 1 -> []b [] OTHER -> TRUE") == tla::Says::behaviour);
  CHECK(says("CASE a = 1 -> TRUE [] OTHER -> []b") == tla::Says::behaviour);
  for (const char* text : {"[]a", "a => []b", "/\\ a\n  /\\ []b", "([]a)", "~[]a", "<>[]a",
                           "IF a THEN []b ELSE b", "LET c == a IN []c"}) {
    CAPTURE(text);
    CHECK(says(text) == tla::Says::behaviour);
  }
}

TEST_CASE("constants are what the question says, or stay open", "[tla]") {
  const tla::Module module =
      small_module("Flag == Null + 1\nHere == a = Flag\nASSUME Variant # Null");
  tla::Constants constants;
  constants.strings["Variant"] = "holds";
  CHECK_THROWS_WITH(module.expand("Here", constants), Contains("'Null' has no value"));
  constants.integers["Null"] = 4;
  CHECK(tla::text(module.expand("Here", constants)) == "a = 5");
  constants.parameters = {"Null"};
  CHECK(tla::text(module.expand("Here", constants)) == "a = Null + 1");
  constants.parameters = {"Flag"};
  CHECK(tla::text(module.expand("Here", constants)) == "a = Flag");
  CHECK_THROWS_WITH(module.assumptions(constants), Contains("a string is compared with a number"));
  constants.integers.clear();
  constants.model_values = {"Null"};
  REQUIRE(module.assumptions(constants).size() == 1);
  CHECK(tla::text(module.assumptions(constants)[0]) == "TRUE");
  constants.sets = {"Variant"};
  CHECK_THROWS_WITH(module.assumptions(constants), Contains("a set; expected a value"));
}

TEST_CASE("EXTENDS brings names, but not LOCAL ones", "[tla]") {
  const tlc::ScratchDirectory scratch{std::filesystem::temp_directory_path() / "lockstep-test-tla"};
  const auto write = [&](const std::string& name, const std::string& units) {
    std::ofstream{scratch.path() / (name + ".tla")} << "ignored\n---- MODULE " << name << " ----\n"
                                                    << units << "\n====\nignored \"";
  };
  write("Base", "EXTENDS Integers\nVARIABLE a\nLOCAL Own == 1\nOpen == a = Own");
  write("Top", "EXTENDS Base\nOwn == 2\nHere == Open /\\ a = Own + 0 * a");
  const tla::Module top = tla::Module::read("Top", {scratch.path()});
  CHECK(tla::text(top.expand("Here", {})) == "a = 1 /\\ a = 2 + 0 * a");
  CHECK(top.definitions() == std::vector<std::string>{"Own", "Here"});
  CHECK(top.place("Open").file.ends_with("Base.tla"));

  write("Again", "EXTENDS Base\nOpen == 2");
  CHECK_THROWS_WITH(tla::Module::read("Again", {scratch.path()}), Contains("'Open'"));
  write("Lost", "EXTENDS Nowhere");
  CHECK_THROWS_WITH(tla::Module::read("Lost", {scratch.path()}), Contains("3:9: no module"));
  write("Round", "EXTENDS Round");
  CHECK_THROWS_WITH(tla::Module::read("Round", {scratch.path()}), Contains("extends itself"));
  write("Uses", "EXTENDS Base\nHere == Own = 1");
  CHECK_THROWS_WITH(tla::Module::read("Uses", {scratch.path()}).expand("Here", {}),
                    Contains("'Own' is not known"));
  write("Naturals", "x == 1");
  write("Mine", "EXTENDS Naturals");
  CHECK_THROWS_WITH(tla::Module::read("Mine", {scratch.path()}), Contains("beside the standard"));
}

TEST_CASE("expressions are rewritten from the leaves up", "[tla]") {
  const tla::Module module = small_module("Here == f[a] = 1 /\\ b = 1");
  const tla::Expr e = module.expand("Here", small_constants());
  std::vector<std::string> seen;
  const tla::Expr other = tla::rewrite(e, [&](const tla::Expression& node) -> tla::Expr {
    seen.push_back(node.name);
    if (node.form != tla::Form::variable || node.name != "a") return nullptr;
    auto copy = std::make_shared<tla::Expression>(node);
    copy->name = "c";
    return copy;
  });
  CHECK(tla::text(other) == "f[c] = 1 /\\ b = 1");
  CHECK(tla::text(e) == "f[a] = 1 /\\ b = 1");
  CHECK(seen == std::vector<std::string>{"a", "f", "", "", "b", "", "", ""});
  CHECK(tla::rewrite(e, [](const auto&) { return nullptr; }) == e);
}
