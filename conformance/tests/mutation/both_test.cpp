// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <map>
#include <set>

#include "claims/judges.hpp"
#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "mutants.hpp"
#include "sizes.hpp"
#include "survivors.hpp"
#include "tests/sample.hpp"
#include "tests/with_code.hpp"

// The third score: the same mistake in the specification and in the reference. The two are equal
// then; what is left to notice it are the properties, and what was counted.
namespace lockstep::testing {

namespace {

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}

/// What is seen of a model: what is wrong first, or how many states and steps there are, and what
/// of that which has to be possible.
struct Seen {
  std::string wrong;
  std::uint64_t states = 0, transitions = 0;
  std::set<std::string> possible;
};

/// `most`: of more states no more is seen than that there are.
Seen look(const Subject& subject, const std::vector<Automaton>& automata, std::uint64_t most) {
  AutomatonSystem system(subject.model->world(), automata);
  SearchOptions options;
  AskedProperties asked(subject, system.world(),
                        properties_of(*subject.protocol, kinds_of("safe")));
  options.properties = &asked.properties;
  struct More {};
  options.on_progress = [&](const SearchProgress& progress) {
    if (progress.states > most) throw More{};
  };
  Seen out;
  const tla::Module& module = asked.module;
  std::vector<SpecProperties> possible;
  possible.reserve(subject.protocol->possible.size());
  for (const ManifestProperty& one : subject.protocol->possible) {
    possible.emplace_back(system.world(), module, subject.model->constants()).add(one.name);
    options.monitors.push_back(
        {one.name, [&out, &one, &judge = possible.back()](const Atom* state) {
           if (!out.possible.contains(one.name) && !judge.at(state)) out.possible.insert(one.name);
           return true;
         }});
  }
  try {
    const SearchResult result = search(system, options);
    if (result.violation) out.wrong = result.violation->property;
    out.states = result.states;
    out.transitions = result.transitions;
  } catch (const More&) {
    out.states = most + 1;
  }
  return out;
}

/// A size, with what is seen there of the form that holds.
struct Sized {
  std::string size;
  Subject subject;
  Seen usual;
};

/// What is different from the form that holds, or "".
std::string noticed(const Sized& at, const std::vector<Automaton>& automata) {
  const Seen seen = look(at.subject, automata, at.usual.states);
  if (!seen.wrong.empty()) return seen.wrong;
  if (seen.states != at.usual.states) return "states";
  if (seen.transitions != at.usual.transitions) return "transitions";
  return seen.possible == at.usual.possible ? "" : "what is possible";
}

/// The sizes at which specification and reference are compared, without those of many states; the
/// smaller ones first.
std::vector<Sized> sizes_of(const ManifestProtocol& protocol) {
  constexpr std::uint64_t many = 200'000;
  std::vector<Sized> out;
  for (const ManifestSize& one : protocol.sizes) {
    if (!one.has("equal")) continue;
    Subject subject = Subject::of(manifest(), protocol.name, Size::parse(one.size), "holds");
    Seen usual = look(subject, without_fences(subject.model->automata()), many);
    if (usual.states > many) continue;
    REQUIRE(usual.wrong.empty());
    out.push_back({one.size, std::move(subject), std::move(usual)});
  }
  std::ranges::sort(out, {}, [](const Sized& one) { return one.usual.states; });
  return out;
}

std::vector<Mutant> all_mutants(const Model& model) {
  const auto automata = without_fences(model.automata(Parameters::open));
  std::vector<Mutant> out = skipped_sites(automata);
  for (Mutant& mutant : moved_sites(automata)) out.push_back(std::move(mutant));
  for (Mutant& mutant : changed_terms(model.world(), automata)) out.push_back(std::move(mutant));
  std::map<std::string, int> names;
  for (Mutant& mutant : out) {
    if (const int number = ++names[mutant.name]; number > 1) {
      mutant.name += " (" + std::to_string(number) + ")";
    }
  }
  return out;
}

void check_noticed(const ManifestProtocol& protocol) {
  std::map<std::string, std::string> explained;
  for (const auto& [mistake, reason] : survivors_of(protocol.name, Judged::both)) {
    CAPTURE(mistake);
    CHECK(explained.emplace(mistake, reason).second);  // else it is listed twice
  }
  const std::vector<Sized> sizes = sizes_of(protocol);
  REQUIRE_FALSE(sizes.empty());
  std::vector<std::string> all;
  for (const Sized& at : sizes) {
    for (const Mutant& mutant : all_mutants(*at.subject.model)) {
      if (std::ranges::find(all, mutant.name) == all.end()) all.push_back(mutant.name);
    }
  }
  const std::vector<std::string> chosen = sample(all, 60);
  std::map<std::string, std::string> by_name;
  for (const Sized& at : sizes) {
    for (const Mutant& mutant : all_mutants(*at.subject.model)) {
      if (std::ranges::find(chosen, mutant.name) == chosen.end()) continue;
      std::string& what = by_name[mutant.name];
      if (what.empty()) what = noticed(at, mutant.automata);
    }
  }
  std::map<std::string, std::size_t> by;
  for (const std::string& name : chosen) {
    const std::string& what = by_name[name];
    CAPTURE(name, what);
    if (what.empty()) {
      INFO("nobody notices it, and no reason is given in both/");
      CHECK(explained.contains(name));
    } else {
      INFO("explained as harmless, but noticed");
      CHECK_FALSE(explained.contains(name));
    }
    ++by[what.empty() ? "nobody: " + explained[name] : what];
  }
  for (const auto& [mistake, reason] : explained) {
    if (reason.empty()) continue;  // asked for above, and not there
    CAPTURE(mistake);
    INFO("explained, but there is no such mistake");
    CHECK(std::ranges::find(all, mistake) != all.end());
  }
  std::printf("mistakes made in both, %s: %zu of %zu\n", protocol.name.c_str(), chosen.size(),
              all.size());
  for (const auto& [what, count] : by) std::printf("  %4zu by %s\n", count, what.c_str());
}

}  // namespace

// `test_mutation "[both]" -c P` asks about P alone.
TEST_CASE("a mistake made in both is noticed, or does no harm", "[both]") {
  for (const ManifestProtocol& protocol : with_code(manifest())) {
    DYNAMIC_SECTION(protocol.name) {
      check_noticed(protocol);
    }
  }
}

}  // namespace lockstep::testing
