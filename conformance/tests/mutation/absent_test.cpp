// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "claims/judges.hpp"
#include "explore/coverage.hpp"
#include "machines/automaton_system.hpp"
#include "tests/with_code.hpp"

// A model in which somebody never begins, planted in specification and reference alike: no
// invariant can fail for want of readers. What has to be possible is not, and turns are not made.
namespace lockstep::testing {

namespace {

/// Of the definitions that have to be possible, those that some state reaches at this size.
std::set<std::string> reached(const Subject& subject, System& system) {
  std::set<std::string> out;
  for (const ManifestProperty& property : subject.protocol->possible) {
    const SearchResult result =
        explore(system, subject, {}, Workshop{}, {"~(" + property.name + ")"});
    if (result.violation && result.violation->property.starts_with("~")) out.insert(property.name);
  }
  return out;
}

/// The tasks of one role stay where they begin.
std::vector<Automaton> without(std::vector<Automaton> automata, const std::string& role) {
  for (Automaton& automaton : automata) {
    if (automaton.role != role) continue;
    std::erase_if(automaton.edges,
                  [&](const AutomatonEdge& edge) { return edge.from == automaton.start; });
  }
  return automata;
}

}  // namespace

TEST_CASE("a role that never begins is noticed: something that has to be possible is not",
          "[absent]") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  for (const ManifestProtocol& protocol : with_code(manifest)) {
    const std::vector<ManifestSize> sizes = protocol.smallest_first("safe");
    REQUIRE_FALSE(sizes.empty());
    for (const auto& role :
         Subject::of(manifest, protocol.name, Size::parse(sizes.front().size), "holds")
             .model->world().spec().roles) {
      CAPTURE(protocol.name, role.name);
      std::set<std::string> still;
      for (const ManifestSize& size : sizes) {
        const Subject subject =
            Subject::of(manifest, protocol.name, Size::parse(size.size), "holds");
        AutomatonSystem system(subject.model->world(),
                               without(subject.model->automata(), role.name));
        still.merge(reached(subject, system));
        if (size.states.value_or(0) > 50'000) break;
      }
      WARN(protocol.name << " " << role.name << " " << protocol.possible.size() << " "
                         << still.size());
      CHECK(still.size() < protocol.possible.size());
    }
  }
}

}  // namespace lockstep::testing
