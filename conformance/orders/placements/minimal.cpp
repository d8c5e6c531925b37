// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <ctime>

#include "orders/placements/lattice_judge.hpp"

namespace lockstep::orders {

namespace {

double cpu_now() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

void sort_by_text(MinimalOrders& m) {
  std::ranges::sort(m.placements, {},
                    [&](const Placement& p) { return text(m.lattice.written(p)); });
}

}  // namespace

std::vector<std::vector<SiteOrder>> MinimalOrders::written() const {
  std::vector<std::vector<SiteOrder>> out;
  for (const Placement& p : placements) out.push_back(lattice.written(p));
  return out;
}

MinimalOrders minimal_orders(const Program& program, const MemoryModel& model,
                             const MinimalOptions& options) {
  const double start = cpu_now();
  MinimalOrders out;
  out.model = model.name;
  out.lattice = lattice_of(program);
  LatticeJudge ask{program, model, out.lattice, options};
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
