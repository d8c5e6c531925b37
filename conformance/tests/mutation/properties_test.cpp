// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <map>

#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "mutants.hpp"
#include "score.hpp"
#include "survivors.hpp"
#include "tests/vma_properties.hpp"

// The second score: what the explorer alone, without a specification, finds wrong in the mutants.
namespace lockstep::testing {

namespace {

/// The usual size; two readers and a limit that they reach; a VMA that goes from one mm to another.
const std::vector<std::string> sizes{"1x2x2", "2x1x1,limit=2", "1x1x1x2"};

/// No mutant has more states than that: a mutant without end fails the test instead of hanging it.
constexpr std::uint64_t most_states = 500'000;

/// What is wrong, or "".
std::string found_in(const Model& model, const std::vector<Automaton>& automata) {
  AutomatonSystem system(model.world(), automata);
  SearchOptions options;
  VmaProperties properties(model, system.world());
  options.properties = &properties.all;
  options.on_progress = [](const SearchProgress& at) {
    if (at.states > most_states) throw std::runtime_error("a mutant with too many states");
  };
  const auto violation = search(system, options).violation;
  return violation ? violation->property : "";
}

/// Each mutant that is caught, with what catches it; the smaller sizes first.
std::map<std::string, std::string> caught() {
  std::map<std::string, std::string> out;
  for (const std::string& size : sizes) {
    const auto model = Protocol::find("vma_refcnt").model(Size::parse(size), "holds");
    for (const Mutant& mutant : mutants_of(*model)) {
      if (out.contains(mutant.name)) continue;
      if (const auto what = found_in(*model, mutant.automata); !what.empty()) {
        out[mutant.name] = what + " at " + size;
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the explorer kills every mutant of the reference but those that are explained") {
  const auto killed = caught();
  const auto model = Protocol::find("vma_refcnt").model(Size::parse(sizes.front()), "holds");
  std::map<std::string, std::string_view> explained;
  for (const auto& [mutant, reason] : survivors_of_vma_refcnt()) {
    CAPTURE(mutant);
    CHECK(explained.emplace(mutant, reason).second);  // else it is listed twice
  }
  std::map<std::string, std::size_t> by;
  for (const auto& [mutant, what] : killed) ++by[what];
  Scores scores("explore alone");
  for (const Mutant& mutant : mutants_of(*model)) {
    CAPTURE(mutant.name);
    const bool is_killed = killed.contains(mutant.name);
    scores.add(mutant.name, is_killed);
    if (is_killed) {
      INFO("explained as a survivor, but killed: " << killed.at(mutant.name));
      CHECK_FALSE(explained.contains(mutant.name));
    } else {
      INFO("survives, and no reason is given in survivors.cpp");
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
  std::map<std::string_view, std::size_t> reasons;
  for (const auto& [mutant, reason] : survivors_of_vma_refcnt()) ++reasons[reason];
  for (const auto& [reason, count] : reasons) {
    std::printf("  %4zu live: %.*s\n", count, static_cast<int>(reason.size()), reason.data());
  }
}

TEST_CASE("the automata from which mutants are made are the reference") {
  for (const std::string& size : sizes) {
    const auto model = Protocol::find("vma_refcnt").model(Size::parse(size), "holds");
    AutomatonSystem system(model->world(), without_fences(model->automata()));
    const auto fibers = model->stepped();
    const SearchResult as_mutants = search(system, {}), as_run = search(*fibers, {});
    CAPTURE(size);
    CHECK(as_mutants.states == as_run.states);
    CHECK(as_mutants.transitions == as_run.transitions);
    CHECK(found_in(*model, without_fences(model->automata())) == "");
  }
}

}  // namespace lockstep::testing
