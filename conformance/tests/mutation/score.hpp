// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <map>
#include <string>

#include "machines/protocol.hpp"
#include "mutants.hpp"

namespace lockstep::testing {

/// Every mutant of the reference at a size: sites left out, then sites moved.
inline std::vector<Mutant> mutants_of(const Model& model) {
  const auto automata = without_fences(model.automata());
  std::vector<Mutant> out = skipped_sites(automata);
  for (Mutant& mutant : moved_sites(automata)) out.push_back(std::move(mutant));
  return out;
}

/// Killed of made, by the kind of mutant.
class Scores {
 public:
  explicit Scores(std::string judge) : judge_(std::move(judge)) {}

  void add(const std::string& mutant, bool killed) {
    auto& [all, dead] = by_kind_[mutant.starts_with("skip ") ? "sites left out" : "sites moved"];
    ++all;
    dead += killed ? 1u : 0u;
  }
  void print() const {
    std::size_t all = 0, dead = 0;
    std::printf("mutation score, %s:", judge_.c_str());
    for (const auto& [kind, counts] : by_kind_) {
      std::printf(" %s %zu of %zu killed;", kind.c_str(), counts.dead, counts.all);
      all += counts.all;
      dead += counts.dead;
    }
    std::printf(" together %zu of %zu, %.1f %%\n", dead, all,
                100.0 * static_cast<double>(dead) / static_cast<double>(all));
  }

 private:
  struct Counts {
    std::size_t all = 0, dead = 0;
  };
  std::string judge_;
  std::map<std::string, Counts> by_kind_;
};

}  // namespace lockstep::testing
