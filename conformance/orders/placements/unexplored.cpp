// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/unexplored.hpp"

#include <algorithm>
#include <stdexcept>

namespace lockstep::orders {

Unexplored::Unexplored(const OrderLattice& lattice, bool closed)
    : lattice_{lattice}, closed_{closed}, solver_{context_, "QF_FD"} {
  z3::params p{context_};
  p.set("ctrl_c", false);
  solver_.set(p);
  for (std::size_t i = 0; i < lattice.size(); ++i) {
    has_.push_back(context_.bool_const(("o" + std::to_string(i)).c_str()));
  }
  for (std::size_t i = 0; i < lattice.size() && closed; ++i) {
    for (const int b : lattice.below(static_cast<int>(i))) solver_.add(!has_[i] || has_[b]);
  }
}

std::optional<Placement> Unexplored::seed() {
  switch (solver_.check()) {
    case z3::unsat: return std::nullopt;
    case z3::unknown: throw std::logic_error{"the map of placements is not decided"};
    case z3::sat: break;
  }
  const z3::model model = solver_.get_model();
  Placement seed = lattice_.weakest();
  for (std::size_t i = 0; i < has_.size(); ++i) seed[i] = model.eval(has_[i], true).is_true();
  for (std::size_t i = 0; i < has_.size(); ++i) {
    if (seed[i]) continue;
    Placement more = seed;
    more[i] = true;
    if (closed_) more = lattice_.closed(std::move(more));
    if (std::ranges::none_of(safe_, [&](const auto& s) { return within(s, more); })) seed = more;
  }
  return seed;
}

void Unexplored::block_above(const Placement& safe) {
  safe_.push_back(safe);
  z3::expr_vector clause{context_};
  for (const int i : lattice_.highest(safe)) clause.push_back(!has_[i]);
  solver_.add(z3::mk_or(clause));
}

void Unexplored::block_below(const Placement& unsafe) {
  unsafe_.push_back(unsafe);
  z3::expr_vector clause{context_};
  for (std::size_t i = 0; i < has_.size(); ++i) {
    if (!unsafe[i]) clause.push_back(has_[i]);
  }
  solver_.add(z3::mk_or(clause));
}

bool Unexplored::below(const Placement& placement) const {
  return std::ranges::any_of(unsafe_, [&](const auto& u) { return within(placement, u); });
}

}  // namespace lockstep::orders
