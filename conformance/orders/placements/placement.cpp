// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/placement.hpp"

#include <set>

#include "model/verdict.hpp"
#include "orders/encode/encoding.hpp"

namespace lockstep::orders {

struct PlacementJudge::State {
  State(const Program& p, const MemoryModel& m, const Limits& limits)
      : program{p}, model{m}, encoding{program, model, limits} {}
  Program program;
  MemoryModel model;
  Encoding encoding;
  std::vector<Lit> lits;  ///< by atom
  std::string undecided;  ///< why nothing can be asked
};

PlacementJudge::PlacementJudge(const Program& program, const MemoryModel& model,
                               const Limits& limits)
    : state_{std::make_unique<State>(program, model, limits)} {
  for (int site = 0; site < static_cast<int>(program.open.size()); ++site) {
    for (const Order order : atoms_of(program.open[site].kind)) {
      atoms_.push_back({site, order});
      state_->lits.push_back(state_->encoding.open_order(site, order));
    }
  }
  try {
    state_->encoding.build();
  } catch (const Undecided& e) {
    state_->undecided = e.what();
  }
}

PlacementJudge::~PlacementJudge() = default;

PlacementJudge::Answer PlacementJudge::ask(const std::vector<bool>& placement) {
  Answer answer;
  Encoding& encoding = state_->encoding;
  if (!state_->undecided.empty()) {
    answer.reason = state_->undecided;
    return answer;
  }
  // Orders only ever forbid executions: those that the placement lacks need not be denied, and so
  // are in no core. The evaluation of the witness, which has just the placement's, would notice.
  std::vector<Lit> wanted{encoding.forbidden(), -encoding.stray()};
  std::set<std::pair<int, Order>> orders;
  for (std::size_t a = 0; a < atoms_.size(); ++a) {
    if (!placement[a]) continue;
    wanted.push_back(state_->lits[a]);
    orders.emplace(atoms_[a].open, atoms_[a].order);
  }
  switch (encoding.check(wanted)) {
    case Solver::Result::unknown: answer.reason = encoding.gave_up(); break;
    case Solver::Result::unsat: {
      answer.outcome = Outcome::never;
      answer.core.assign(atoms_.size(), false);
      for (const Lit lit : encoding.core()) {
        for (std::size_t a = 0; a < atoms_.size(); ++a) {
          if (lit == state_->lits[a]) answer.core[a] = true;
        }
      }
      break;
    }
    case Solver::Result::sat: {
      answer.outcome = Outcome::reachable;
      answer.witness = encoding.witness(true, orders);
      break;
    }
  }
  return answer;
}

std::string PlacementJudge::vacuous() {
  if (!state_->undecided.empty()) return state_->undecided;
  return state_->encoding.vacuous(state_->lits);
}

}  // namespace lockstep::orders
