// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/lattice_judge.hpp"

#include <algorithm>

namespace lockstep::orders {

namespace {

bool fence_of_a_store(const Program& program, int open) {
  const Program::Open& o = program.open[open];
  return o.kind == Kind::fence && std::ranges::any_of(program.open, [&](const Program::Open& s) {
           return s.kind == Kind::store && s.site == o.site;
         });
}

/// The order of the lattice that an atom of the judge stands for.
SiteOrder order_of(const Program& program, const OrderAtom& atom) {
  const std::string& site = program.open[atom.open].site;
  return {site, fence_of_a_store(program, atom.open) ? Order::full : atom.order};
}

}  // namespace

OrderLattice lattice_of(const Program& program) {
  OrderLattice lattice;
  for (int i = 0; i < static_cast<int>(program.open.size()); ++i) {
    const Program::Open& o = program.open[i];
    if (fence_of_a_store(program, i)) continue;
    const bool barrier = std::ranges::any_of(program.open, [&](const Program::Open& f) {
      return o.kind == Kind::store && f.kind == Kind::fence && f.site == o.site;
    });
    if (barrier)
      lattice.add(o.site, {Order::release, Order::full}, {{}, {}});
    else
      lattice.add(o.site, o.kind);
  }
  return lattice;
}

LatticeJudge::LatticeJudge(const Program& program, const MemoryModel& model,
                           const OrderLattice& lattice, const MinimalOptions& options)
    : judge_{program, model, options.limits}, lattice_{lattice}, options_{options} {
  for (const OrderAtom& a : judge_.atoms()) orders_.push_back(lattice.find(order_of(program, a)));
}

PlacementAnswer LatticeJudge::operator()(const Placement& placement) {
  ++calls_;
  if (options_.on_call) options_.on_call(calls_);
  std::vector<bool> atoms;
  for (const int order : orders_) atoms.push_back(placement[order]);
  PlacementJudge::Answer said = judge_.ask(atoms);
  PlacementAnswer out{said.outcome, lattice_.weakest(), std::move(said.reason)};
  for (std::size_t a = 0; a < said.core.size(); ++a) {
    if (said.core[a]) out.core[orders_[a]] = true;
  }
  witness_ = std::move(said.witness);
  return out;
}

}  // namespace lockstep::orders
