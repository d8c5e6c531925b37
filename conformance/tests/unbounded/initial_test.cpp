// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>

#include "subject.hpp"
#include "unbounded/engine.hpp"

namespace lockstep::testing {

namespace {

/// Does the formula hold at the start, whatever there is?
bool at_start(const std::string& text) {
  const ProofSubject subject = subject_of("holds");
  unbounded::Question question = subject.question;
  question.conjuncts = {{"Start", formula(text)}};
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

TEST_CASE("the start is the specification's: no page, no VMA, nobody anywhere", "[quick]") {
  CHECK(
      at_start("\\A v \\in Vmas : slab[v] = \"none\" /\\ vm_refcnt[v] = Null /\\ vm_mm[v] = Null"));
  CHECK(at_start("\\A v \\in Vmas, r \\in Readers : ~grace[v][r] /\\ ~rcu[r]"));
  CHECK(at_start("\\A m \\in Mms, s \\in Slots : tree[m][s] = Null /\\ mm_count[m] = 1"));
  CHECK(at_start("\\A r \\in Readers : pc[r] = \"Reader_Idle\" /\\ rvma[r] = Null"));
  CHECK_FALSE(at_start("\\A v \\in Vmas : slab[v] = \"used\""));
  CHECK_FALSE(at_start("\\A m \\in Mms : mm_count[m] = 0"));
}

}  // namespace lockstep::testing
