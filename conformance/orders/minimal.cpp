// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/minimal.hpp"

#include <ctime>

#include <algorithm>

namespace lockstep::orders {

namespace {

double cpu_now() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

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

/// A program's judge, asked in terms of the lattice.
class Asker {
 public:
  Asker(const Program& program, const MemoryModel& model, const OrderLattice& lattice,
        const MinimalOptions& options)
      : judge_{program, model, options.limits}, lattice_{lattice}, options_{options} {
    for (const OrderAtom& a : judge_.atoms()) orders_.push_back(lattice.find(order_of(program, a)));
  }

  PlacementAnswer operator()(const Placement& placement) {
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

  std::string vacuous() { return judge_.vacuous(); }
  std::optional<Execution> witness() { return std::move(witness_); }
  std::size_t calls() const { return calls_; }

 private:
  PlacementJudge judge_;
  const OrderLattice& lattice_;
  const MinimalOptions& options_;
  std::vector<int> orders_;  ///< by atom of the judge
  std::optional<Execution> witness_;
  std::size_t calls_ = 0;
};

void sort_by_text(MinimalOrders& m) {
  std::ranges::sort(m.placements, {}, [&](const Placement& p) { return text(m.lattice.written(p)); });
}

}  // namespace

std::vector<std::vector<SiteOrder>> MinimalOrders::written() const {
  std::vector<std::vector<SiteOrder>> out;
  for (const Placement& p : placements) out.push_back(lattice.written(p));
  return out;
}

OrderLattice lattice_of(const Program& program) {
  OrderLattice lattice;
  for (int i = 0; i < static_cast<int>(program.open.size()); ++i) {
    const Program::Open& o = program.open[i];
    if (fence_of_a_store(program, i)) continue;
    const bool barrier = std::ranges::any_of(program.open, [&](const Program::Open& f) {
      return o.kind == Kind::store && f.kind == Kind::fence && f.site == o.site;
    });
    if (barrier) lattice.add(o.site, {Order::release, Order::full}, {{}, {}});
    else lattice.add(o.site, o.kind);
  }
  return lattice;
}

MinimalOrders minimal_orders(const Program& program, const MemoryModel& model,
                             const MinimalOptions& options) {
  const double start = cpu_now();
  MinimalOrders out;
  out.model = model.name;
  out.lattice = lattice_of(program);
  Asker ask{program, model, out.lattice, options};
  const PlacementAnswer strongest = ask(out.lattice.strongest());
  switch (strongest.outcome) {
    case Outcome::unknown: out.reason = strongest.reason; break;
    case Outcome::reachable:
      out.mended = false;
      out.complete = true;
      out.witness = ask.witness();
      break;
    case Outcome::never: {
      out.reason = ask.vacuous();
      if (!out.reason.empty()) break;
      Marco found = marco(out.lattice, std::ref(ask), options.parts);
      out.placements = std::move(found.minimal);
      out.complete = found.complete;
      out.reason = std::move(found.reason);
    }
  }
  sort_by_text(out);
  out.calls = ask.calls();
  out.cpu_seconds = cpu_now() - start;
  return out;
}

}  // namespace lockstep::orders
