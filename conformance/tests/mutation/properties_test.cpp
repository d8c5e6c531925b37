// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <map>

#include "claims/judges.hpp"
#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "mutants.hpp"
#include "score.hpp"
#include "sizes.hpp"
#include "survivors.hpp"
#include "tests/with_code.hpp"

// The second score: what the explorer alone, without a specification, finds wrong in the mutants.
namespace lockstep::testing {

namespace {

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}

/// No mutant has more states than that: a mutant without end fails the test instead of hanging it.
constexpr std::uint64_t most_states = 500'000;

/// What is wrong, or "".
std::string found_in(const Subject& subject, const std::vector<Automaton>& automata) {
  AutomatonSystem system(subject.model->world(), automata);
  SearchOptions options;
  AskedProperties asked(subject, system.world(),
                        properties_of(*subject.protocol, kinds_of("safe")));
  options.properties = &asked.properties;
  options.on_progress = [](const SearchProgress& at) {
    if (at.states > most_states) throw std::runtime_error("a mutant with too many states");
  };
  const auto violation = search(system, options).violation;
  return violation ? violation->property : "";
}

Subject subject_of(const ManifestProtocol& protocol, const std::string& size) {
  return Subject::of(manifest(), protocol.name, Size::parse(size), "holds");
}

/// Each mutant that is caught, with what catches it; the smaller sizes first.
std::map<std::string, std::string> caught(const ManifestProtocol& protocol) {
  std::map<std::string, std::string> out;
  for (const std::string& size : mutant_sizes(protocol)) {
    const Subject subject = subject_of(protocol, size);
    for (const Mutant& mutant : mutants_of(*subject.model)) {
      if (out.contains(mutant.name)) continue;
      if (const auto what = found_in(subject, mutant.automata); !what.empty()) {
        out[mutant.name] = what + " at " + size;
      }
    }
  }
  return out;
}

/// The last size that sets no number, where there is one: a number may take sites away.
std::string whole_size(const ManifestProtocol& protocol) {
  const std::vector<std::string> sizes = mutant_sizes(protocol);
  const auto whole = std::find_if(sizes.rbegin(), sizes.rend(), [](const std::string& size) {
    return size.find('=') == std::string::npos;
  });
  return whole == sizes.rend() ? sizes.back() : *whole;
}

void check_killed(const ManifestProtocol& protocol) {
  const auto killed = caught(protocol);
  const Subject subject = subject_of(protocol, whole_size(protocol));
  std::map<std::string, std::string> explained;
  for (const auto& [mutant, reason] : survivors_of(protocol.name, Judged::alone)) {
    CAPTURE(mutant);
    CHECK(explained.emplace(mutant, reason).second);  // else it is listed twice
  }
  std::map<std::string, std::size_t> by;
  for (const auto& [mutant, what] : killed) ++by[what];
  Scores scores("explore " + protocol.name);
  for (const Mutant& mutant : mutants_of(*subject.model)) {
    CAPTURE(mutant.name);
    const bool is_killed = killed.contains(mutant.name);
    scores.add(mutant.name, is_killed);
    if (is_killed) {
      INFO("explained as a survivor, but killed: " << killed.at(mutant.name));
      CHECK_FALSE(explained.contains(mutant.name));
    } else {
      INFO("survives, and no reason is given in survivors/");
      CHECK(explained.contains(mutant.name));
    }
    explained.erase(explained.contains(mutant.name) && !is_killed ? mutant.name : "");
  }
  for (const auto& [mutant, reason] : explained) {
    CAPTURE(mutant);
    CHECK(reason == "explained, but no such mutant survives");
  }
  scores.print();
  for (const auto& [what, count] : by) std::printf("  %4zu killed by %s\n", count, what.c_str());
  std::map<std::string, std::size_t> reasons;
  for (const auto& [mutant, reason] : survivors_of(protocol.name, Judged::alone)) ++reasons[reason];
  for (const auto& [reason, count] : reasons) {
    std::printf("  %4zu live: %s\n", count, reason.c_str());
  }
}

}  // namespace

TEST_CASE("the explorer kills every mutant of the reference but those that are explained") {
  for (const ManifestProtocol& protocol : with_code(manifest())) check_killed(protocol);
}

TEST_CASE("survivors are explained of protocols of the tree, and of some") {
  for (const Judged judged : {Judged::alone, Judged::both}) {
    const std::vector<std::string> explained = protocols_with_survivors(judged);
    CHECK_FALSE(explained.empty());
    for (const std::string& name : explained) {
      CAPTURE(name);
      CHECK(std::ranges::count(manifest().protocols, name, &ManifestProtocol::name) == 1);
      CHECK_FALSE(survivors_of(name, judged).empty());
    }
  }
}

TEST_CASE("the automata from which mutants are made are the reference") {
  for (const ManifestProtocol& protocol : with_code(manifest())) {
    for (const std::string& size : mutant_sizes(protocol)) {
      CAPTURE(protocol.name, size);
      const Subject subject = subject_of(protocol, size);
      AutomatonSystem system(subject.model->world(), without_fences(subject.model->automata()));
      const auto fibers = subject.model->stepped();
      const SearchResult as_mutants = search(system, {}), as_run = search(*fibers, {});
      CHECK(as_mutants.states == as_run.states);
      CHECK(as_mutants.transitions == as_run.transitions);
      CHECK(found_in(subject, without_fences(subject.model->automata())) == "");
    }
  }
}

}  // namespace lockstep::testing
