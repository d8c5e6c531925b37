// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/races.hpp"

#include <algorithm>

#include "model/verdict.hpp"
#include "orders/models/model.hpp"

namespace lockstep::beside {

std::set<orders::Race> races_of(const OrderSubject& subject) {
  std::set<orders::Race> out;
  for (const orders::Question& question : subject.questions) {
    const orders::Races found = orders::races_of(question, subject.automata,
                                                 orders::builtin_model("lkmm"), subject.symbols);
    if (!found.reason.empty()) throw Undecided("races of " + question.name + ": " + found.reason);
    out.insert(found.found.begin(), found.found.end());
  }
  return out;
}

void hold_races(const Sites& sites, const std::set<orders::Race>& races) {
  std::set<orders::Race> stated;
  for (const Site& site : sites.all()) {
    for (const Word& word : site.literal->races) {
      const auto others = sites.named(word);
      bool right = false;
      for (const Site* own : sites.named(site.literal->name)) {
        for (const Site* other : others) {
          const auto [low, high] = std::minmax(own->name, other->name);
          stated.emplace(low, high);
          right = right || races.contains({low, high});
        }
      }
      if (right) continue;
      throw InputError(
          word.place.file, word.place.line, word.place.column,
          site.literal->name + " does not race with " + word.text + " in any question");
    }
  }
  for (const orders::Race& race : races) {
    if (stated.contains(race)) continue;
    const Site* site = sites.find(race.first);
    if (site == nullptr) throw Undecided("no site " + race.first + " in the texts");
    const Place& at = site->literal->place;
    throw InputError(at.file, at.line, at.column,
                     race.first + " races with " + race.second +
                         " under lkmm, and nothing says so; where Linux has the same race, "
                         "expected // races with " +
                         race.second + " beside it");
  }
}

}  // namespace lockstep::beside
