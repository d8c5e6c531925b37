// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/encode/races.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "model/verdict.hpp"
#include "orders/encode/encoding.hpp"

namespace lockstep::orders {

namespace {
std::string site_of(const Event& event) {
  return event.site.substr(0, event.site.find('.'));
}
}  // namespace

Races races(const Program& program, const MemoryModel& model, const Limits& limits) {
  Races out;
  Encoding encoding{program, model, limits};
  try {
    encoding.build();
    std::map<Race, std::vector<Lit>> pairs;
    for (const auto& [flag, raised_by] : encoding.flagged()) {
      for (const Edge& e : *raised_by) {
        if (e.lit == lit_false) continue;
        Race race{site_of(program.events[e.from]), site_of(program.events[e.to])};
        if (race.second < race.first) std::swap(race.first, race.second);
        pairs[race].push_back(e.lit);
      }
    }
    for (const auto& [race, ways] : pairs) {
      for (const Lit way : ways) {
        const Solver::Result result = encoding.check({way, -encoding.stray()});
        if (result == Solver::Result::unknown) out.reason = encoding.gave_up();
        if (result != Solver::Result::sat) continue;
        encoding.witness(std::nullopt);  // calculated once more without the solver
        out.found.insert(race);
        break;
      }
    }
    if (out.reason.empty()) out.reason = encoding.vacuous();
  } catch (const Undecided& why) {
    out.reason = why.what();
  }
  return out;
}

std::string text(const std::set<Race>& races) {
  std::string out;
  for (const auto& [a, b] : races) out += (out.empty() ? "" : ", ") + a + " with " + b;
  return out.empty() ? "none" : out;
}

}  // namespace lockstep::orders
