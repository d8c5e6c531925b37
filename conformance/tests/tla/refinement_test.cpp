// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <fstream>

#include "explore/search.hpp"
#include "model/verdict.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tests/tla/small_world.hpp"
#include "tlc/driver.hpp"

using namespace lockstep;
using namespace lockstep::testing;

namespace {

const std::string gate =
    "---- MODULE Gate ----\nEXTENDS Integers\nCONSTANTS Things, Most\nVARIABLES height, b\n"
    "vars == <<<<height>>, b>>\n"
    "High(x) == height[x] = Most\n"
    "Up(x) == ~High(x) /\\ height' = [height EXCEPT ![x] = @ + 1] /\\ UNCHANGED b\n"
    "Turn(x) == /\\ High(x) /\\ ~b[x] /\\ height' = [height EXCEPT ![x] = 0]\n"
    "           /\\ b' = [b EXCEPT ![x] = ~High(x)']\n"
    "Init == height = [x \\in Things |-> 0] /\\ b = [x \\in Things |-> FALSE]\n"
    "Next == \\E x \\in Things : Up(x) \\/ Turn(x)\n"
    "Spec == Init /\\ [][Next]_vars\n====\n";

const std::string units =
    "vars == <<n, g, b, p, q, pc>>\n"
    "Move(s) == n[s] < 2 /\\ n' = [n EXCEPT ![s] = @ + 1] /\\ UNCHANGED <<g, b, p, q, pc>>\n"
    "Turn(s) == /\\ n[s] = 2 /\\ ~b[s] /\\ n' = [n EXCEPT ![s] = 0]\n"
    "           /\\ b' = [b EXCEPT ![s] = TRUE] /\\ UNCHANGED <<g, p, q, pc>>\n"
    "Talk(s) == p' = [p EXCEPT ![s] = \"b\"] /\\ UNCHANGED <<n, g, b, q, pc>>\n"
    "Next == \\E s \\in S : Move(s) \\/ Turn(s) \\/ Talk(s)\n"
    "Spec == Init /\\ [][Next]_vars\n"
    "A == INSTANCE Gate WITH Things <- S, Most <- 2, height <- n\n"
    "Refines == A!Spec\n";

struct Case {
  bool of_gate;          ///< what is changed: the abstract module, else the one that refines it
  std::string from, to;  ///< "": nothing
  bool holds;
};
const std::string mapped = "height <- n";
const std::vector<Case> cases = {
    {false, "", "", true},
    {false, mapped, "height <- [x \\in S |-> n[x]]", true},
    {false, mapped,
     "height <- LET h(x) == CASE n[x] = 2 -> 2 [] OTHER -> n[x]\nIN [x \\in S |-> h(x)]", true},
    {false, mapped, mapped + ", b <- [x \\in S |-> ~(b[x] = FALSE)]", true},
    {false, mapped, mapped + ", b <- [x \\in S |-> ~b[x]]", false},  // at the start
    {false, mapped, "height <- [x \\in S |-> 0]", false},
    {false, mapped, "height <- [x \\in S |-> n[CHOOSE y \\in {x} : TRUE]]", true},
    {false, "Most <- 2", "Most <- 1", false},
    {false, "Most <- 2", "Most <- 3", false},
    {false, "Talk(s) == p'", "Talk(s) == n[s] = 1 /\\ p'", true},
    {true, "|-> 0]", "|-> 1]", false},  // at the start alone
    {true, "~High(x)']", "High(x)']", false},
    {true, "~High(x)']", "height[x]' = 0]", true},
    {true, "~High(x)']", "(height'[x] = Most) = FALSE]", true},
    {true, "UNCHANGED b", "b' = b", true},
    {true, "UNCHANGED b", "UNCHANGED <<b, height>>", false},
    {true, "UNCHANGED b", "UNCHANGED b[x]", true},  // of another thing it may change
    {true, "@ + 1", "@ + 2", false},
    {true, "\\/ Turn(x)", "", false},
    {true, "Up(x) \\/", "", false},
    // Under a subscript that leaves out the height, a step may do with that what it likes.
    {true, "<<<<height>>, b>>", "<<b>>", true},
    {true, "/\\ High(x) /\\ ~b[x]", "/\\ ~b[x]", true},
};

std::string changed(std::string text, const Case& one, bool of_gate) {
  if (one.from.empty() || one.of_gate != of_gate) return text;
  const std::size_t at = text.find(one.from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, one.from.size(), one.to);
}

/// The two modules in a folder.
tla::Module written(const Scratch& scratch, const std::string& above, const std::string& here) {
  std::ofstream{scratch / "Gate.tla"} << above;
  std::ofstream{scratch / "Small.tla"} << world_text(std::string{usual_start} + here);
  return tla::Module::read("Small", {scratch / "."});
}

bool holds_here(const tla::Module& module) {
  tla::SpecSystem system(small_world(), tla::SpecSource{module, world_constants(), {}});
  SpecProperties properties(system.world(), module, world_constants());
  properties.add("Refines");
  SearchOptions options;
  options.properties = &properties;
  const SearchResult result = search(system, options);
  if (!result.violation) return true;
  if (result.violation->property == "Deadlock") return true;  // at the end of everything
  CHECK(result.violation->property == "Refines");
  return false;
}

std::string refused(const std::string& above, const std::string& here) {
  const Scratch scratch;
  try {
    holds_here(written(scratch, above, here));
  } catch (const InputError& error) {
    const std::string what = error.what();
    const std::size_t folder = what.rfind('/', what.find(".tla:"));
    return what.substr(folder == std::string::npos ? 0 : folder + 1);
  }
  return "";
}
std::string refused(const Case& one) {
  return refused(changed(gate, one, true), changed(units, one, false));
}

}  // namespace

TEST_CASE("a refinement is what its text says", "[tla]") {
  for (const Case& one : cases) {
    CAPTURE(one.of_gate, one.from, one.to);
    const Scratch scratch;
    CHECK(holds_here(written(scratch, changed(gate, one, true), changed(units, one, false))) ==
          one.holds);
  }
}

TEST_CASE("a refinement is to TLC what it is here", "[tla][tlc]") {
  if (!has_tlc_or_skips()) return;
  for (const Case& one : cases) {
    CAPTURE(one.of_gate, one.from, one.to);
    const Scratch scratch;
    written(scratch, changed(gate, one, true), changed(units, one, false));
    tlc::ModelRun run;
    run.spec_module = "Small";
    run.spec_directories = {scratch / "."};
    for (const auto& [name, value] : world_constants()) run.constants.push_back({name, value});
    run.model_values = {"Null", "s1", "s2", "t1", "t2", "w1"};
    run.properties = {"Refines"};
    run.actions = {tlc::instance("Move", "", {"s1"})};
    run.own_next = true;
    Layout layout = small_world().layout();
    tlc::Options options;
    options.brief = true;
    options.scratch_root = scratch / "tlc";
    const tlc::CheckResult result = tlc::check(run, layout, options);
    CHECK((result.holds() || result.finding == tlc::Finding::deadlock) == one.holds);
  }
}

TEST_CASE("a refinement that is not understood is refused with its place", "[tla]") {
  using Catch::Contains;
  CHECK_THAT(refused({false, "Things <- S, ", "", false}),
             Contains("Small.tla:") && Contains("'Things' of Gate stands for nothing"));
  CHECK_THAT(refused({false, "Things <- S", "Thing <- S", false}),
             Contains("'Thing' is no constant and no variable of Gate"));
  CHECK_THAT(refused({false, "Things <- S", "High <- S", false}),
             Contains("'High' is no constant and no variable of Gate"));
  CHECK_THAT(refused({false, "Most <- 2", "Most <- 2, Most <- 2", false}),
             Contains("'Most' stands for two things"));
  CHECK_THAT(refused({false, "Most <- 2", "Most = 2", false}), Contains("expected '<-'"));
  CHECK_THAT(refused({false, "A == INSTANCE", "A(x) == INSTANCE", false}),
             Contains("an instance with parameters is not understood"));
  CHECK_THAT(refused({false, "INSTANCE Gate", "INSTANCE Gat", false}),
             Contains("no module 'Gat' (Gat.tla)"));
  CHECK_THAT(refused({false, "INSTANCE Gate", "INSTANCE Small", false}),
             Contains("module 'Small' is an instance in itself"));
  CHECK_THAT(refused({false, "Refines == A!", "Refines == Turn!", false}),
             Contains("'Turn' is no INSTANCE"));
  CHECK_THAT(refused({true, "Spec == Init /\\ ", "Spec == Init \\/ ", false}),
             Contains("Gate.tla:12:1: 'Spec' is refined, and understood where it is"));
  CHECK_THAT(refused({true, "~High(x)'", "~High(x)''", false}),
             Contains("a prime inside of a prime"));
  CHECK_THAT(refused({true, "Up(x) \\/", "A \\/ Up(x) \\/", false}), Contains("Gate.tla:"));
}
