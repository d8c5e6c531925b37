// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <optional>
#include <set>

#include "claims/judges.hpp"
#include "machines/automaton_system.hpp"
#include "mutants.hpp"
#include "score.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tlc/dot.hpp"

// The first score: the comparison with TLC's graph kills every mutant. None is equivalent, since
// the next site of each task is part of the state.
namespace lockstep::testing {

namespace {

/// TLC's graph of one model, and the mutants of its reference.
struct Compared {
  Subject subject;
  Layout layout;
  LabelledGraph graph;

  Compared(const Manifest& manifest, std::string_view size)
      : subject(Subject::of(manifest, "vma_refcnt", Size::parse(size), "holds")) {
    const Scratch scratch;
    layout = subject.model->world().layout();
    tlc::Options options;
    options.scratch_root = scratch / "tlc";
    const tlc::Dump dump = tlc::dump(question_of(subject, {}), layout, options);
    graph = tlc::read_dot(dump.path(), layout, dump.table);
  }
  std::optional<Difference> difference(const std::vector<Automaton>& automata) const {
    AutomatonSystem system(subject.model->world(), automata);
    return compare(graph, layout, system).difference;
  }
};

}  // namespace

TEST_CASE("compare kills every mutant of the reference", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  std::set<std::string> alive;
  std::size_t made = 0;
  Scores scores("compare");
  {
    const Compared usual(manifest, "1x2x2");
    CHECK_FALSE(usual.difference(without_fences(usual.subject.model->automata())));
    for (const Mutant& mutant : mutants_of(*usual.subject.model)) {
      ++made;
      if (usual.difference(mutant.automata)) {
        scores.add(mutant.name, true);
      } else {
        alive.insert(mutant.name);
      }
    }
  }
  // What is reached only where a VMA goes from one mm to another.
  const Compared two_mms(manifest, "1x1x1x2");
  CHECK_FALSE(two_mms.difference(without_fences(two_mms.subject.model->automata())));
  CHECK(alive.size() == 10);
  for (const std::string& mutant : alive) CHECK_THAT(mutant, Catch::Contains("Unstable"));
  for (const Mutant& mutant : mutants_of(*two_mms.subject.model)) {
    if (!alive.contains(mutant.name)) continue;
    const bool killed = two_mms.difference(mutant.automata).has_value();
    INFO(mutant.name << " survives the comparison");
    CHECK(killed);
    scores.add(mutant.name, killed);
  }
  CHECK(made > 100);
  scores.print();
}

TEST_CASE("a difference names the site that the mutant leaves out", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Compared usual(Manifest::read(LOCKSTEP_SOURCE_DIR), "1x1x1");
  for (const Mutant& mutant : mutants_of(*usual.subject.model)) {
    if (mutant.name != "skip Detach_Dec -> Unmap_ClearTree") continue;
    const auto difference = usual.difference(mutant.automata);
    REQUIRE(difference);
    CHECK(difference->kind == Difference::Kind::only_spec);
    CHECK(usual.layout.symbols.name(difference->step.site) == "Detach_Dec");
    return;
  }
  FAIL("no such mutant");
}

}  // namespace lockstep::testing
