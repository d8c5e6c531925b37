// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/evaluate.hpp"

#include <catch2/catch.hpp>

#include "machines/world.hpp"
#include "tests/tla/small_module.hpp"

using namespace lockstep;
using namespace lockstep::testing;
using Catch::Contains;

namespace {

/// Things of kind S with a number n, in a slab; places of kind T with a thing at them, a truth
/// value b, and for each thing another in a table.
World example_world() {
  WorldSpec spec;
  spec.kinds = {{"S", {"s1", "s2"}, WorldSpec::Lifetime::type_safe}, {"T", {"t1", "t2"}}};
  spec.fields = {{"n", "S", "", Sort::integer, null_atom, ""},
                 {"at", "T", "", Sort::name, null_atom, "", "S"},
                 {"b", "T", "", Sort::boolean, 0, ""},
                 {"k", "T", "", Sort::integer, 0, ""},
                 {"table", "T", "S", Sort::name, null_atom, "", "S"}};
  spec.roles = {{"worker", {"w1"}, {}, false, {}}};
  return World{spec};
}

class Example {
 public:
  Example()
      : state(world_.initial()),
        after(state),
        evaluate_(world_, {{"S", {atom("s1"), atom("s2")}}, {"T", {atom("t1"), atom("t2")}}},
                  {{"Limit", 3}, {"Flag", atom("s2")}}) {}

  Atom atom(const std::string& name) const { return world_.layout().symbols.find(name); }
  Atom& cell(State& of, const std::string& variable, const std::vector<std::string>& keys) const {
    return of.at(world_.layout().find(variable, keys).value());
  }
  tla::Expr expanded(const std::string& text) const {
    static const tla::Module module =
        module_of("Small",
                  "---- MODULE Small ----\nEXTENDS Integers, FiniteSets\n"
                  "CONSTANTS S, T, Null, Limit, Flag\n"
                  "VARIABLES n, slab, at, b, k, table, pc\n====\n");
    tla::Constants constants;
    constants.sets = {"S", "T"};
    constants.model_values = {"Null"};
    constants.parameters = {"Limit", "Flag"};
    return module.expand_text(text, "text", constants);
  }
  Atom operator()(const std::string& text) const {
    return evaluate_(expanded(text), state.data(), after.data());
  }
  Atom evaluate(const tla::Expr& e, const Atom* next) const {
    return evaluate_(e, state.data(), next);
  }

 private:
  World world_ = example_world();

 public:
  State state, after;

 private:
  tla::Evaluator evaluate_;
};

}  // namespace

TEST_CASE("expressions are evaluated as TLC would", "[tla]") {
  Example e;
  e.cell(e.state, "n", {"s1"}) = 5;
  e.cell(e.after, "n", {"s1"}) = 6;
  e.cell(e.state, "at", {"t2"}) = e.atom("s1");
  e.cell(e.state, "b", {"t2"}) = 1;
  CHECK(e("\\E s \\in S : n[s] = 5") == 1);
  CHECK(e("\\A s \\in S : n[s] = 5") == 0);
  CHECK(e("\\A s \\in S : n[s] \\in Int => n'[s] = n[s] + 1") == 1);
  CHECK(e("Cardinality({t \\in T : b[t]})") == 1);
  CHECK(e("\\E t \\in T : at[t] # Null /\\ n[at[t]] = 5") == 1);
  CHECK(e("\\A t \\in T : at[t] \\in S <=> b[t]") == 1);
  CHECK(e("\\A t \\in T : at[t] \\in S \\cup {Null}") == 1);
  CHECK(e("\\A t, u \\in T : at[t] = at[u] => t = u") == 1);
  CHECK(e("\\E s \\in S : (IF n[s] = Null THEN 0 ELSE n[s]) > Limit") == 1);
  CHECK(e("\\E s \\in S : s = Flag") == 1);
  CHECK(e("\\E s \\in S : n[s] # Null /\\ 2 * n[s] - 1 = 9") == 1);
  CHECK(e("\\E s \\in S : n[s] # Null /\\ (n[s] - 6) % 4 = 3") == 1);
  CHECK(e("\\E s \\in S : n[s] # Null /\\ n[s] < 5") == 0);
  CHECK(e("\\E s \\in S : n[s] # Null /\\ n[s] <= 5") == 1);
  CHECK(e("\\A t \\in T : \\A s \\in S : table[t][s] = Null") == 1);
  CHECK(e("\\A s \\in S : slab[s] = \"none\" /\\ slab[s] # \"no such state\"") == 1);
  CHECK(e("\\A s \\in S : slab[s] # Null") == 1);
  CHECK(e("\\A t \\in T : b[t] # Null") == 1);
  CHECK(e("\\A t \\in T : b[t] \\notin Int") == 1);
  CHECK(e("\\A t \\in T : b[t] \\in BOOLEAN") == 1);
  // What decides comes first: the rest is not looked at.
  CHECK(e("\\A t \\in T : at[t] = Null \\/ n[at[t]] = 5") == 1);
}

TEST_CASE("where TLC would stop there is no answer", "[tla]") {
  Example e;
  CHECK_THROWS(e("\\E s \\in S : n[s] < 0"));
  CHECK_THROWS_WITH(e("\\E t \\in T : n[at[t]] = 5"),
                    Contains("'n' is applied outside of its domain"));
  CHECK_THROWS_WITH(e("\\E t \\in T : n[t] = 5"), Contains("outside of its domain"));
  CHECK_THROWS_WITH(e("\\A t \\in T : table[t][t] = Null"), Contains("outside of its domain"));
  CHECK_THROWS_WITH(e("\\E s \\in S : n[s] > 0"), Contains("expected a number"));
  CHECK_THROWS_WITH(e("\\E s \\in S : n[s] + 1 = 1"), Contains("expected a number"));
  CHECK_THROWS_WITH(e("\\E t \\in T : b[t] = 0"), Contains("values of two kinds"));
  CHECK_THROWS_WITH(e("\\E s \\in S : slab[s] = 0"), Contains("values of two kinds"));
  CHECK_THROWS_WITH(e("\\E t \\in T : k[t] /\\ b[t]"), Contains("a truth value"));
  CHECK_THROWS_WITH(e("\\E t \\in T : b[t] > 0"), Contains("expected a number"));
  CHECK_THROWS_WITH(e("\\E s \\in S : slab[s] = \"s1\""),
                    Contains("s1 a model value, which is written without quotes"));
  CHECK_THROWS_WITH(e("\\E t \\in T : table[t] = Null"), Contains("no single cell"));
  CHECK_THROWS_WITH(e("\\E t \\in T : 1600000000 * (k[t] + 2) > 0"), Contains("no state can hold"));
  const tla::Expr primed = e.expanded("\\A t \\in T : k'[t] = 0");
  CHECK(e.evaluate(primed, e.state.data()) == 1);
  CHECK_THROWS_WITH(e.evaluate(primed, nullptr), Contains("no state after"));
}
