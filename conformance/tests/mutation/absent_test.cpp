// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <set>

#include "claims/judges.hpp"
#include "machines/automaton_system.hpp"
#include "tests/with_code.hpp"

// A model in which somebody never begins, planted in specification and reference alike: no
// invariant fails for want of readers. `possible` fails for each role of each protocol that has
// one.
namespace lockstep::testing {

namespace {

/// Adds, of the definitions that have to be possible, those that some state reaches at this size.
void reach(const Subject& subject, System& system, std::set<std::string>& reached) {
  const AskedProperties asked(subject, system.world(), {});
  SearchOptions options;
  std::vector<SpecProperties> judges;
  judges.reserve(subject.protocol->possible.size());
  for (const ManifestProperty& one : subject.protocol->possible) {
    judges.emplace_back(system.world(), asked.module, subject.model->constants()).add(one.name);
    options.monitors.push_back({one.name, [&, &judge = judges.back()](const Atom* state) {
                                  if (!reached.contains(one.name) && !judge.at(state)) {
                                    reached.insert(one.name);
                                  }
                                  return true;
                                }});
  }
  search(system, options);
}

/// The tasks of one role stay where they begin; of no role, none do.
std::vector<Automaton> without(std::vector<Automaton> automata, const std::string& role) {
  for (Automaton& automaton : automata) {
    if (automaton.role != role) continue;
    std::erase_if(automaton.edges,
                  [&](const AutomatonEdge& edge) { return edge.from == automaton.start; });
  }
  return automata;
}

/// What is reached at the smaller sizes without a role.
std::set<std::string> reached_without(const Manifest& manifest, const ManifestProtocol& protocol,
                                      const std::string& role) {
  std::set<std::string> out;
  for (const ManifestSize& size : protocol.smallest_first("safe")) {
    if (size.states.value_or(0) > 50'000) break;
    const Subject subject = Subject::of(manifest, protocol.name, Size::parse(size.size), "holds");
    AutomatonSystem system(subject.model->world(), without(subject.model->automata(), role));
    reach(subject, system, out);
  }
  return out;
}

}  // namespace

TEST_CASE("a role that never begins is noticed: something that has to be possible is not",
          "[absent]") {
  const Manifest manifest = Manifest::read(LOCKSTEP_SOURCE_DIR);
  for (const ManifestProtocol& protocol : with_code(manifest)) {
    const std::size_t usual = reached_without(manifest, protocol, "").size();
    CHECK(usual > 0);
    const Protocol& code = Protocol::find(protocol.name);
    const auto smallest = code.model(code.sizes().smallest(), "holds");
    for (const auto& role : smallest->world().spec().roles) {
      CAPTURE(protocol.name, role.name);
      const std::size_t still = reached_without(manifest, protocol, role.name).size();
      std::printf("without role %s of %s: %zu of %zu are possible\n", role.name.c_str(),
                  protocol.name.c_str(), still, usual);
      CHECK(still < usual);
    }
  }
}

}  // namespace lockstep::testing
