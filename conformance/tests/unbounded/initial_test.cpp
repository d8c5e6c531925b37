// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>

#include "claims/proof.hpp"
#include "shelf_subject.hpp"
#include "tests/toys/described.hpp"
#include "unbounded/engine.hpp"

namespace lockstep::testing {

namespace {

/// Does the formula hold at the start, whatever there is?
bool at_start(unbounded::Question question, const tla::Expr& says) {
  question.conjuncts = {{"Start", says}};
  question.properties.clear();
  question.actions.clear();
  unbounded::Engine engine(question, 0);
  z3::solver solver = engine.solver();
  return std::ranges::all_of(engine.initially(question.conjuncts[0]), [&](const auto& goal) {
    solver.push();
    for (const z3::expr& e : goal.denial) solver.add(e);
    const bool shown = solver.check() == z3::unsat;
    solver.pop();
    return shown;
  });
}

}  // namespace

TEST_CASE("the start is the specification's: no page, no object, nobody anywhere", "[quick]") {
  const ShelfSubject shelf("1x1x1");
  const auto holds = [&](const char* text) {
    return at_start(shelf.question, shelf.formula(text));
  };
  CHECK(holds("\\A n \\in Nodes : slab[n] = \"none\" /\\ size[n] = Null /\\ link[n] = Null"));
  CHECK(holds("\\A n \\in Nodes, r \\in Readers : ~grace[n][r] /\\ ~rcu[r]"));
  CHECK(holds("\\A k \\in Shelves : node[k] = Null /\\ wnode[k] = Null"));
  CHECK(holds("\\A r \\in Readers : pc[r] = \"Reader_Idle\" /\\ rnode[r] = Null"));
  CHECK_FALSE(holds("\\A n \\in Nodes : slab[n] = \"used\""));
  CHECK_FALSE(holds("\\A k \\in Shelves : pc[k] = \"Node_Put\""));
}

TEST_CASE("... and what a field starts as, where that is not nothing", "[quick]") {
  const Manifest manifest = toy_manifest();
  const ProofSubject door = ProofSubject::of(manifest, "door", "holds");
  const auto holds = [&](const char* text) {
    const auto constants = proof_constants(*door.model, *door.protocol->proof);
    return at_start(door.question, proof_module(*door.protocol).expand_text(text, "it", constants));
  };
  CHECK(holds("\\A d \\in Doors : users[d] = 0 /\\ open[d] = 1"));
  CHECK_FALSE(holds("\\A d \\in Doors : open[d] = 0"));
}

TEST_CASE("a task stands where its role does, whatever is assumed", "[quick]") {
  const ShelfSubject shelf("1x1x1");
  unbounded::Question question = shelf.question;
  question.conjuncts = {{"Any", shelf.formula("\\A r \\in Readers : rcu[r] \\/ ~rcu[r]")}};
  question.properties = {{"Apart", shelf.formula("\\A r \\in Readers : pc[r] # \"Node_Put\"")},
                         {"Home", shelf.formula("\\A r \\in Readers : pc[r] = \"Reader_Idle\"")}};
  const unbounded::Proof proof = unbounded::Prover(question).prove({});
  const auto fails = [&](const std::string& name) {
    return std::ranges::any_of(proof.failures,
                               [&](const auto& failure) { return failure.conjunct == name; });
  };
  CHECK_FALSE(fails("Apart"));
  CHECK(fails("Home"));
}

}  // namespace lockstep::testing
