// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "model/verdict.hpp"
#include "orders/opened.hpp"

namespace lockstep::orders {

namespace {

bool suits(const Event& e, Order order) {
  const auto one_of = [&](std::initializer_list<Order> all) {
    return std::ranges::find(all, order) != all.end();
  };
  if (e.act == Act::fence) return one_of({Order::none, Order::rmb, Order::wmb, Order::mb});
  if (e.in_rmw) {
    return one_of({Order::once, Order::acquire, Order::release, Order::acq_rel, Order::full});
  }
  if (e.act == Act::read) return one_of({Order::plain, Order::once, Order::acquire});
  return e.act == Act::write && one_of({Order::plain, Order::once, Order::release});
}

}  // namespace

void fix_order(Program& program, const std::string& site, Order order) {
  const std::string said = site + "=" + std::string{lockstep::name_of(order)};
  bool found = false;
  for (Event& e : program.events) {
    if (e.thread == initial_thread || e.site != site) continue;
    if (!suits(e, order)) {
      throw InputError{said, 0, 0, "an access or fence of this kind cannot have this order"};
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
