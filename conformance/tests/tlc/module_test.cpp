// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/module.hpp"

#include <catch2/catch.hpp>

using namespace lockstep;
using namespace lockstep::tlc;

namespace {

ModelRun small_run() {
  ModelRun run;
  run.spec_module = "Small";
  run.constants = {{"Readers", "{r1, r2}"}, {"Limit", "3"},  {"Variant", "\"holds\""},
                   {"Null", "Null"},        {"Start", "-1"}, {"Table", "[i \\in {1} |-> 2]"}};
  run.model_values = {"r1", "r2"};
  run.actions = instances("Bump", {"r1", "r2"}, {{"s1"}, {"1", "-2"}});
  run.actions.push_back(instance("Tick", "", {}));
  return run;
}

}  // namespace

TEST_CASE("every binding of an action's parameters has a name of its own") {
  const auto actions = instances("Bump", {"r1", "r2"}, {{"s1", "s2"}, {"1", "-2"}});
  REQUIRE(actions.size() == 8);
  CHECK(actions[1].name == "Bump_r1_s1_m2");
  CHECK(actions[7].name == "Bump_r2_s2_m2");
  CHECK(instance("Say", "r1", {"\"hi\""}).name == "Say_r1_hi");
}

TEST_CASE("the module names each instance and keeps TLC from looking through it") {
  const std::string text = module_text(small_run());
  CHECK_THAT(text, Catch::StartsWith("---- MODULE MC ----\nEXTENDS Small\nCONSTANTS r1, r2\n"));
  CHECK_THAT(text, Catch::Contains("\nBump_r2_s1_m2 == TRUE /\\ Bump(r2, s1, -2)\n"));
  CHECK_THAT(text, Catch::Contains("\n  \\/ Bump_r2_s1_m2\n  \\/ Tick\n"));
  CHECK_THAT(text, !Catch::Contains("Tick =="));
  CHECK_THAT(text, Catch::Contains("MC_Spec == Init /\\ [][MC_Next]_(vars)\n===="));
  ModelRun fair = small_run();
  fair.fairness = "WF_vars(Tick)";
  CHECK_THAT(module_text(fair), Catch::Contains("_(vars)\n  /\\ (WF_vars(Tick))\n===="));
}

TEST_CASE("constants that a configuration cannot hold become definitions") {
  CHECK_THAT(module_text(small_run()), Catch::Contains("\nMC_Start == -1\n"));
  ModelRun run = small_run();
  run.invariants = {"A", "B"};
  run.properties = {"P"};
  run.view = "View";
  CHECK(config_text(run) ==
        "SPECIFICATION MC_Spec\nCONSTANT r1 = r1\nCONSTANT r2 = r2\n"
        "CONSTANT Readers = {r1, r2}\nCONSTANT Limit = 3\nCONSTANT Variant = \"holds\"\n"
        "CONSTANT Null = Null\nCONSTANT Start <- MC_Start\nCONSTANT Table <- MC_Table\n"
        "INVARIANT A\nINVARIANT B\nPROPERTY P\nVIEW View\nCHECK_DEADLOCK FALSE\n");
}

TEST_CASE("an instance's name leads back to its step") {
  ModelRun run = small_run();
  run.actions.push_back(instance("Say", "r1", {"\"hi\""}));
  Symbols symbols;
  const StepTable table = step_table(run, symbols);
  REQUIRE(table.steps().size() == 6);
  CHECK(table.steps()[*table.find("Bump_r2_s1_m2")].text(symbols) == "Bump(r2, s1, -2)");
  CHECK(table.steps()[*table.find("Say_r1_hi")].text(symbols) == "Say(r1, hi)");
  CHECK(table.steps()[*table.find("Tick")].task == null_atom);
  CHECK_FALSE(table.find("Bump"));
  run.actions.push_back(run.actions.front());
  CHECK_THROWS_AS(step_table(run, symbols), std::logic_error);
}
