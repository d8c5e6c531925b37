// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <catch2/catch.hpp>
#include <optional>
#include <set>

#include "claims/judges.hpp"
#include "machines/automaton_system.hpp"
#include "mutants.hpp"
#include "score.hpp"
#include "sizes.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tests/sample.hpp"
#include "tests/toys/described.hpp"
#include "tests/with_code.hpp"
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

  Compared(const Manifest& manifest, const std::string& protocol, const std::string& size)
      : subject(Subject::of(manifest, protocol, Size::parse(size), "holds")) {
    const Scratch scratch;
    layout = subject.model->world().layout();
    tlc::Options options;
    options.scratch_root = scratch / "tlc";
    options.brief = true;
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
  for (const ManifestProtocol& protocol : with_code(manifest)) {
    std::set<std::string> all;
    for (const std::string& size : mutant_sizes(protocol)) {
      const Subject subject = Subject::of(manifest, protocol.name, Size::parse(size), "holds");
      for (const Mutant& mutant : mutants_of(*subject.model)) all.insert(mutant.name);
    }
    CHECK(all.size() > protocol.variants.size());
    const std::vector<std::string> chosen = sample(std::vector(all.begin(), all.end()), 36);
    // What is reached only at some sizes is killed there.
    std::set<std::string> alive(chosen.begin(), chosen.end());
    for (const std::string& size : mutant_sizes(protocol)) {
      if (alive.empty()) break;
      const Compared usual(manifest, protocol.name, size);
      CHECK_FALSE(usual.difference(without_fences(usual.subject.model->automata())));
      for (const Mutant& mutant : mutants_of(*usual.subject.model)) {
        if (alive.contains(mutant.name) && usual.difference(mutant.automata)) {
          alive.erase(mutant.name);
        }
      }
    }
    Scores scores("compare " + protocol.name);
    for (const std::string& mutant : chosen) scores.add(mutant, !alive.contains(mutant));
    CHECK(alive == std::set<std::string>{});
    scores.print();
  }
}

TEST_CASE("a difference names the site that the mutant leaves out", "[java]") {
  if (!has_tlc_or_skips()) return;
  const Manifest toy = toy_manifest();
  const Compared usual(toy, "door", "2");
  for (const Mutant& mutant : mutants_of(*usual.subject.model)) {
    if (mutant.name != "skip Enter -> Look") continue;
    const auto difference = usual.difference(mutant.automata);
    REQUIRE(difference);
    CHECK(difference->kind == Difference::Kind::only_spec);
    CHECK(usual.layout.symbols.name(difference->step.site) == "Enter");
    return;
  }
  FAIL("no such mutant");
}

}  // namespace lockstep::testing
