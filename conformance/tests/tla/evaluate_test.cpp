// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/evaluate.hpp"

#include <catch2/catch.hpp>

#include "tests/tla/vma_refcnt.hpp"

using namespace lockstep;
using namespace lockstep::testing;
using Catch::Contains;

namespace {

/// The first state of 2x2x1, with cells changed.
class Example {
 public:
  Example()
      : model_(Protocol::find("vma_refcnt").model(Size::parse("2x2x1"), "holds")),
        state(model_->world().initial()),
        after(state),
        evaluate_(model_->world(),
                  {{"Readers", atoms({"r1", "r2"})},
                   {"Vmas", atoms({"v1", "v2"})},
                   {"Slots", atoms({"s1"})},
                   {"Mms", atoms({"m1"})}},
                  {{"Limit", 3}, {"Flag", atom("v2")}}) {}

  Atom atom(const std::string& name) const { return model_->world().layout().symbols.find(name); }
  Atom& cell(State& of, const std::string& variable, const std::vector<std::string>& keys) const {
    return of.at(model_->world().layout().find(variable, keys).value());
  }
  Atom operator()(const std::string& text) const {
    const tla::Expr e =
        vma_refcnt_properties().expand_text(text, "text", constants_of("holds", {"Limit", "Flag"}));
    return evaluate_(e, state.data(), after.data());
  }
  Atom evaluate(const tla::Expr& e, const Atom* next) const {
    return evaluate_(e, state.data(), next);
  }

 private:
  std::unique_ptr<Model> model_;
  std::vector<Atom> atoms(const std::vector<std::string>& names) const {
    std::vector<Atom> out;
    for (const std::string& name : names) out.push_back(atom(name));
    return out;
  }

 public:
  State state, after;

 private:
  tla::Evaluator evaluate_;
};

}  // namespace

TEST_CASE("expressions are evaluated as TLC would", "[tla]") {
  Example e;
  e.cell(e.state, "vm_refcnt", {"v1"}) = 5;
  e.cell(e.after, "vm_refcnt", {"v1"}) = 6;
  e.cell(e.state, "rvma", {"r2"}) = e.atom("v1");
  e.cell(e.state, "rcu", {"r2"}) = 1;
  CHECK(e("\\E v \\in Vmas : vm_refcnt[v] = 5") == 1);
  CHECK(e("\\A v \\in Vmas : vm_refcnt[v] = 5") == 0);
  CHECK(e("\\A v \\in Vmas : vm_refcnt[v] \\in Int => vm_refcnt'[v] = vm_refcnt[v] + 1") == 1);
  CHECK(e("Cardinality({r \\in Readers : rcu[r]})") == 1);
  CHECK(e("\\E r \\in Readers : rvma[r] # Null /\\ vm_refcnt[rvma[r]] = 5") == 1);
  CHECK(e("\\A r \\in Readers : rvma[r] \\in Vmas <=> rcu[r]") == 1);
  CHECK(e("\\A r \\in Readers : rvma[r] \\in Vmas \\cup {Null}") == 1);
  CHECK(e("\\A r, q \\in Readers : rvma[r] = rvma[q] => r = q") == 1);
  CHECK(e("\\E v \\in Vmas : (IF vm_refcnt[v] = Null THEN 0 ELSE vm_refcnt[v]) > Limit") == 1);
  CHECK(e("\\E v \\in Vmas : v = Flag") == 1);
  CHECK(e("\\E v \\in Vmas : vm_refcnt[v] # Null /\\ 2 * vm_refcnt[v] - 1 = 9") == 1);
  CHECK(e("\\E v \\in Vmas : vm_refcnt[v] # Null /\\ (vm_refcnt[v] - 6) % 4 = 3") == 1);
  CHECK(e("\\E v \\in Vmas : vm_refcnt[v] # Null /\\ vm_refcnt[v] < 5") == 0);
  CHECK(e("\\E v \\in Vmas : vm_refcnt[v] # Null /\\ vm_refcnt[v] <= 5") == 1);
  CHECK(e("\\A m \\in Mms : \\A s \\in Slots : tree[m][s] = Null") == 1);
  CHECK(e("\\A v \\in Vmas : slab[v] = \"none\" /\\ slab[v] # \"no such state\"") == 1);
  CHECK(e("\\A v \\in Vmas : slab[v] # Null") == 1);
  CHECK(e("\\A r \\in Readers : rcu[r] # Null") == 1);
  CHECK(e("\\A r \\in Readers : rcu[r] \\notin Int") == 1);
  CHECK(e("\\A r \\in Readers : rcu[r] \\in BOOLEAN") == 1);
  // What decides comes first: the rest is not looked at.
  CHECK(e("\\A r \\in Readers : rvma[r] = Null \\/ vm_refcnt[rvma[r]] = 5") == 1);
}

TEST_CASE("where TLC would stop there is no answer", "[tla]") {
  Example e;
  CHECK_THROWS(e("\\E v \\in Vmas : vm_refcnt[v] < 0"));
  CHECK_THROWS_WITH(e("\\E r \\in Readers : vm_refcnt[rvma[r]] = 5"),
                    Contains("'vm_refcnt' is applied outside of its domain"));
  CHECK_THROWS_WITH(e("\\E r \\in Readers : vm_refcnt[r] = 5"), Contains("outside of its domain"));
  CHECK_THROWS_WITH(e("\\A m \\in Mms : tree[m][m] = Null"), Contains("outside of its domain"));
  CHECK_THROWS_WITH(e("\\E v \\in Vmas : vm_refcnt[v] > 0"), Contains("expected a number"));
  CHECK_THROWS_WITH(e("\\E v \\in Vmas : vm_refcnt[v] + 1 = 1"), Contains("expected a number"));
  CHECK_THROWS_WITH(e("\\E r \\in Readers : rcu[r] = 0"), Contains("values of two kinds"));
  CHECK_THROWS_WITH(e("\\E v \\in Vmas : slab[v] = 0"), Contains("values of two kinds"));
  CHECK_THROWS_WITH(e("\\E m \\in Mms : mm_lock_seq[m] /\\ rcu[m]"), Contains("a truth value"));
  CHECK_THROWS_WITH(e("\\E r \\in Readers : rcu[r] > 0"), Contains("expected a number"));
  CHECK_THROWS_WITH(e("\\E v \\in Vmas : slab[v] = \"v1\""), Contains("v1 a model value, which is written without quotes"));
  CHECK_THROWS_WITH(e("\\E m \\in Mms : tree[m] = Null"), Contains("no single cell"));
  CHECK_THROWS_WITH(e("\\E m \\in Mms : 1600000000 * (mm_lock_seq[m] + 2) > 0"),
                    Contains("no state can hold"));
  const tla::Expr primed = vma_refcnt_properties().expand_text(
      "\\A m \\in Mms : mm_lock_seq'[m] = 0", "text", constants_of("holds", {"Limit"}));
  CHECK(e.evaluate(primed, e.state.data()) == 1);
  CHECK_THROWS_WITH(e.evaluate(primed, nullptr), Contains("no state after"));
}
