// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>

#include <fstream>

#include "explore/compare_systems.hpp"
#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/shake.hpp"
#include "tests/machines/toy.hpp"
#include "tests/process.hpp"
#include "tla/module.hpp"
#include "tla/spec_system.hpp"

// A second protocol, registered as any other: its world comes from its fields' types and its code.
namespace lockstep {
namespace {

const char* const text = R"(---- MODULE Toy ----
EXTENDS Integers
CONSTANTS Readers, Boxes, Null, Variant
VARIABLES pc, at, users, open
Init == /\ pc = [t \in Readers \cup Boxes |->
                   IF t \in Readers THEN "Reader_Idle" ELSE "Owner_Idle"]
        /\ at = [r \in Readers |-> Null]
        /\ users = [b \in Boxes |-> 0]
        /\ open = [b \in Boxes |-> 1]
Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]
Enter(r, b) == /\ Go(r, "Reader_Idle", IF Variant = "no_look" THEN "Use" ELSE "Look")
               /\ at' = [at EXCEPT ![r] = b]
               /\ users' = [users EXCEPT ![b] = @ + 1]
               /\ UNCHANGED open
Look(t) == /\ UNCHANGED <<at, users, open>>
           /\ IF t \in Readers THEN Go(t, "Look", IF open[at[t]] = 1 THEN "Use" ELSE "Leave")
                               ELSE Go(t, "Owner_Idle", "Close")
Use(r) == Go(r, "Use", "Leave") /\ UNCHANGED <<at, users, open>>
Leave(r) == /\ Go(r, "Leave", "Reader_Idle")
            /\ users' = [users EXCEPT ![at[r]] = @ - 1]
            /\ at' = [at EXCEPT ![r] = Null]
            /\ UNCHANGED open
Close(b) == Go(b, "Close", "Drain") /\ open' = [open EXCEPT ![b] = 0] /\ UNCHANGED <<at, users>>
Drain(b) == Go(b, "Drain", "Open") /\ users[b] = 0 /\ UNCHANGED <<at, users, open>>
Open(b) == Go(b, "Open", "Owner_Idle") /\ open' = [open EXCEPT ![b] = 1] /\ UNCHANGED <<at, users>>
Next == \/ \E r \in Readers : Use(r) \/ Leave(r) \/ Look(r) \/ \E b \in Boxes : Enter(r, b)
        \/ \E b \in Boxes : Look(b) \/ Close(b) \/ Drain(b) \/ Open(b)
====
)";

std::unique_ptr<Model> toy_of(std::string_view size, std::string_view variant = "holds") {
  return toy::protocol().model(Size::parse(size), variant);
}

std::string compared(const Model& model) {
  const testing::Scratch scratch;
  std::ofstream(scratch / "Toy.tla") << text;
  const tla::Module module =
      tla::Module::read("Toy", {std::filesystem::path{scratch / "Toy.tla"}.parent_path()});
  tla::SpecSystem spec(model.world(),
                       {module, model.constants(),
                        {"Enter", "Look", "Use", "Leave", "Close", "Drain", "Open"}});
  const auto code = model.stepped();
  const auto result = compare(spec, *code).result;
  if (!result.difference) return "equal";
  return model.world().layout().symbols.text(result.difference->step.site);
}

}  // namespace

TEST_CASE("a second protocol: its world is learned from its types and its code", "[machines]") {
  const auto model = toy_of("2x2");
  const WorldSpec& spec = model->world().spec();
  REQUIRE(spec.roles.front().locals.size() == 1);
  CHECK(spec.roles.front().locals.front().name == "at");
  CHECK(spec.roles.front().locals.front().values == "Box");
  CHECK(spec.roles.back().locals.empty());
  CHECK_FALSE(spec.roles.front().rcu);
  CHECK(model->bounds() == "2 readers, 2 boxs");
  CHECK(toy_of("Readers=2")->bounds() == "2 readers");
  CHECK_THROWS_WITH(toy_of("1", "none"),
                    Catch::Contains("unknown to the code of toy; expected one of: holds, no_look"));
}

TEST_CASE("a second protocol: code, automaton and text have one graph", "[machines]") {
  for (const char* variant : {"holds", "no_look"}) {
    for (const char* size : {"1", "2", "2x2"}) {
      CAPTURE(variant, size);
      const auto model = toy_of(size, variant);
      const auto code = model->stepped();
      AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
      const SearchResult by_code = search(*code, {});
      const SearchResult by_automaton = search(automaton, {});
      CHECK_FALSE(by_code.violation);
      CHECK(by_code.states == by_automaton.states);
      CHECK(by_code.transitions == by_automaton.transitions);
      CHECK(shake(*code, automaton, {}).value_or("") == "");
      CHECK(compared(*model) == "equal");
    }
  }
  const auto holds = toy_of("2"), broken = toy_of("2", "no_look");
  CHECK(search(*holds->stepped(), {}).states != search(*broken->stepped(), {}).states);
}

}  // namespace lockstep
