// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "model/verdict.hpp"
#include "orders/placements/opened.hpp"
#include "orders/program/allowed.hpp"

namespace lockstep::orders {

void fix_order(Program& program, const std::string& site, Order order) {
  const std::string said = site + "=" + std::string{lockstep::name_of(order)};
  bool found = false;
  for (Event& e : program.events) {
    if (e.thread == initial_thread || e.site != site) continue;
    const std::vector<Order> allowed = allowed_orders(e);
    if (std::ranges::find(allowed, order) == allowed.end()) {
      throw InputError{said, 0, 0,
                       "an access or fence of this kind cannot have this order; " +
                           (allowed.empty() ? "it has none" : "expected " + names_of(allowed))};
    }
    e.order = order;
    e.open = -1;
    found = true;
  }
  if (!found) throw InputError{said, 0, 0, "there is no site '" + site + "'"};
  std::vector<Program::Open> left;
  for (int i = 0; i < static_cast<int>(program.open.size()); ++i) {
    if (program.open[i].site == site) continue;
    for (Event& e : program.events) {
      if (e.open == i) e.open = static_cast<int>(left.size());
    }
    left.push_back(program.open[i]);
  }
  program.open = std::move(left);
}

bool is_fence(const Program& program, const std::string& site) {
  return std::ranges::all_of(program.events, [&](const Event& e) {
    return e.thread == initial_thread || e.site != site || e.act == Act::fence;
  });
}

Opened strongest(const Program& program) {
  Opened out{program, lattice_of(program), {}};
  out.declared = out.lattice.strongest();
  return out;
}

}  // namespace lockstep::orders
