// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/fixed.hpp"

#include <set>

namespace lockstep::orders {

namespace {

/// Gives events new numbers, wherever they are named.
class Renumbering {
 public:
  explicit Renumbering(std::vector<int> to) : to_{std::move(to)} {}

  int operator()(int id) const { return id < 0 ? id : to_[id]; }
  void operator()(Term& t) const {
    t = term::substitute(t, [this](const TermNode& v) {
      return v.value == 0 ? Term{} : term::variable(v.name, to_[v.value - 1] + 1);
    });
  }
  void operator()(CellTerm& cell) const {
    (*this)(cell.object);
    (*this)(cell.index);
  }
  void operator()(Event& e) const {
    e.id = (*this)(e.id);
    e.previous = (*this)(e.previous);
    e.partner = (*this)(e.partner);
    (*this)(e.cell);
    (*this)(e.value);
    (*this)(e.guard);
    for (auto* dependencies : {&e.address, &e.data, &e.control}) {
      for (Dependency& d : *dependencies) {
        d.read = (*this)(d.read);
        (*this)(d.when);
      }
    }
  }
  void operator()(Program& program) const {
    for (Event& e : program.events) (*this)(e);
    for (Term& t : program.assumptions) (*this)(t);
    for (auto& final : program.finals) (*this)(final.cell);
    for (auto& mention : program.mentions) (*this)(mention.exists);
    (*this)(program.forbidden);
  }

 private:
  std::vector<int> to_;
};

/// Doubles the fences that are named: behind each stands a wmb.
void double_fences(Program& program, const std::set<int>& fences) {
  std::vector<int> to;
  for (const Event& e : program.events) {
    to.push_back(e.id + static_cast<int>(std::distance(fences.begin(), fences.lower_bound(e.id))));
  }
  Renumbering{to}(program);
  std::vector<Event> all;
  std::set<int> doubled;
  for (const int f : fences) doubled.insert(to[f]);
  for (Event& e : program.events) {
    if (doubled.contains(e.previous)) ++e.previous;  // comes behind the second one
    all.push_back(e);
    if (!doubled.contains(e.id)) continue;
    Event second = e;
    second.id = e.id + 1;
    second.previous = e.id;
    second.order = Order::wmb;
    all.push_back(std::move(second));
  }
  program.events = std::move(all);
}

/// The one order that says all of these; of a fence with both halves, the first half.
Order single(Kind kind, const std::set<Order>& orders) {
  const auto has = [&](Order o) { return orders.contains(o); };
  if (kind == Kind::ctrl_acquire) return has(Order::acquire) ? Order::acquire : Order::none;
  if (kind == Kind::fence) {
    return has(Order::mb) || has(Order::full) ? Order::mb
           : has(Order::rmb)                  ? Order::rmb
           : has(Order::wmb)                  ? Order::wmb
                                              : Order::none;
  }
  if (kind == Kind::rmw && has(Order::full)) return Order::full;
  if (has(Order::acquire) && has(Order::release)) return Order::acq_rel;
  return has(Order::acquire) ? Order::acquire : has(Order::release) ? Order::release : Order::once;
}

bool both_halves(const std::set<Order>& orders) {
  return orders.contains(Order::rmb) && orders.contains(Order::wmb) && !orders.contains(Order::mb);
}

}  // namespace

Program with_orders(const Program& program, const OrderLattice& lattice,
                    const Placement& placement) {
  const auto orders = [&](const Event& e) {
    std::set<Order> out;
    for (std::size_t i = 0; i < lattice.size(); ++i) {
      if (placement[i] && lattice[i].site == program.open[e.open].site)
        out.insert(lattice[i].order);
    }
    return out;
  };
  Program out = program;
  std::set<int> doubled;
  for (Event& e : out.events) {
    if (e.open < 0) continue;
    e.order = single(program.open[e.open].kind, orders(e));
    if (e.act == Act::fence && both_halves(orders(e))) doubled.insert(e.id);
  }
  if (!doubled.empty()) double_fences(out, doubled);
  for (Event& e : out.events) e.open = -1;
  out.open.clear();
  return out;
}

}  // namespace lockstep::orders
