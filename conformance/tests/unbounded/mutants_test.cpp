// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "judges.hpp"
#include "mistakes.hpp"
#include "subject.hpp"
#include "tests/sample.hpp"

// The reference with a mistake in its automata: whatever exploring small models shows to be unsafe
// must not be proved. What is proved although it was changed is harmless, and listed.
namespace lockstep::testing {

namespace {

std::size_t number_from(const char* variable, std::size_t otherwise) {
  const char* given = std::getenv(variable);
  return given == nullptr ? otherwise : std::stoul(given);
}

}  // namespace

TEST_CASE("no mutant of the reference is proved that is unsafe", "[slow]") {
  // LOCKSTEP_PROOF_MUTANTS: how many, all if it is great enough. LOCKSTEP_PROOF_SEED: which.
  const std::size_t wanted = number_from("LOCKSTEP_PROOF_MUTANTS", thorough() ? 120 : 20);
  const ProofSubject subject = subject_of("holds");
  unbounded::Question usual = subject.question;
  usual.automata = without_fences(usual.automata);
  std::vector<Mutant> mutants = mistakes(*usual.world, usual.automata);
  const std::size_t all = mutants.size();
  std::shuffle(mutants.begin(), mutants.end(),
               std::mt19937_64(number_from("LOCKSTEP_PROOF_SEED", 1)));
  mutants.resize(std::min(wanted, all));
  const std::vector<std::string> small{"1x1x1", "1x2x2", "2x1x1,limit=2", "1x1x1x2"};
  std::vector<std::string> larger = small;
  larger.insert(larger.end(), {"2x2x1", "1x2x1x2"});
  if (wanted >= all) larger.emplace_back("2x2x2");

  std::map<std::string, std::map<std::string, std::size_t>> table;
  std::vector<std::string> harmless, wrong;
  for (const Mutant& mutant : mutants) {
    CAPTURE(mutant.name);
    const Queries says = ask(usual, mutant.automata, 600);
    const bool proved = says.answer == Queries::Answer::proved;
    const std::string unsafe = explored(usual, mutant.name, proved ? larger : small);
    const char* verdict = proved                                    ? "proved"
                          : says.answer == Queries::Answer::open    ? "not proved"
                          : says.answer == Queries::Answer::unknown ? "unknown"
                                                                    : "refused";
    ++table[unsafe.empty() ? "safe within the bounds" : "unsafe"][verdict];
    if (proved && !unsafe.empty()) wrong.push_back(mutant.name + ": " + unsafe);
    if (proved) {
      harmless.push_back(compared(mutant.name, "1x2x2,sections=2") + ": " + mutant.name);
    }
  }
  CHECK(wrong == std::vector<std::string>{});
  std::printf("%zu mutants of %zu\n", mutants.size(), all);
  for (const auto& [bounded, verdicts] : table) {
    for (const auto& [verdict, n] : verdicts) {
      std::printf("  %-22s  %-10s  %4zu\n", bounded.c_str(), verdict.c_str(), n);
    }
  }
  std::ranges::sort(harmless);
  for (const std::string& name : harmless) std::printf("  proved, %s\n", name.c_str());
  CHECK(table["unsafe"]["not proved"] > mutants.size() / 4);
}

}  // namespace lockstep::testing
