// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/placements/lattice.hpp"

#include <algorithm>
#include <map>

#include "model/verdict.hpp"
#include "orders/program/event.hpp"

namespace lockstep::orders {

bool within(const Placement& a, const Placement& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] && !b[i]) return false;
  }
  return true;
}

std::string text(const SiteOrder& order, char between) {
  return order.site + between + std::string{name_of(order.order)};
}

void OrderLattice::add(const std::string& site, Kind kind) {
  const auto atoms = atoms_of(kind);
  std::vector<std::vector<int>> below(atoms.size());
  if (atoms.size() == 3) below.back() = {0, 1};
  add(site, {atoms.begin(), atoms.end()}, below);
}

void OrderLattice::add(const std::string& site, const std::vector<Order>& orders,
                       const std::vector<std::vector<int>>& below) {
  std::vector<Order> known;
  for (const SiteOrder& o : all_) {
    if (o.site == site) known.push_back(o.order);
  }
  if (known == orders) return;
  if (!known.empty()) {
    throw InputError{"site " + site, 0, 0,
                     "is an access of two kinds; expected one kind of access by one name"};
  }
  const int first = static_cast<int>(size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    all_.push_back({site, orders[i]});
    below_.emplace_back();
    for (const int b : below[i]) below_.back().push_back(first + b);
  }
}

void OrderLattice::add(const OrderLattice& other, const std::string& only) {
  for (std::size_t first = 0, last = 0; first < other.size(); first = last) {
    std::vector<Order> orders;
    std::vector<std::vector<int>> below;
    for (; last < other.size() && other[last].site == other[first].site; ++last) {
      orders.push_back(other[last].order);
      below.push_back(other.below_[last]);
      for (int& b : below.back()) b -= static_cast<int>(first);
    }
    if (only.empty() || other[first].site == only) add(other[first].site, orders, below);
  }
}

std::size_t OrderLattice::sites() const {
  std::map<std::string, int> names;
  for (const SiteOrder& o : all_) ++names[o.site];
  return names.size();
}

double OrderLattice::combinations() const {
  std::map<std::string, std::vector<int>> by_site;
  for (std::size_t i = 0; i < size(); ++i) by_site[all_[i].site].push_back(static_cast<int>(i));
  double product = 1;
  for (const auto& [site, atoms] : by_site) {
    int closed_sets = 0;
    for (unsigned set = 0; set < (1U << atoms.size()); ++set) {
      Placement p = weakest();
      for (std::size_t i = 0; i < atoms.size(); ++i) p[atoms[i]] = (set >> i & 1U) != 0;
      if (closed(p) == p) ++closed_sets;
    }
    product *= closed_sets;
  }
  return product;
}

int OrderLattice::find(const SiteOrder& order) const {
  const auto found = std::ranges::find(all_, order);
  return found == all_.end() ? -1 : static_cast<int>(found - all_.begin());
}

Placement OrderLattice::closed(Placement placement) const {
  for (std::size_t i = 0; i < placement.size(); ++i) {
    if (!placement[i]) continue;
    for (const int b : below_[i]) placement[b] = true;
  }
  return placement;
}

std::vector<int> OrderLattice::highest(const Placement& placement) const {
  Placement taken = weakest();
  for (std::size_t i = 0; i < size(); ++i) {
    if (!placement[i]) continue;
    for (const int b : below_[i]) taken[b] = true;
  }
  std::vector<int> out;
  for (std::size_t i = 0; i < size(); ++i) {
    if (placement[i] && !taken[i]) out.push_back(static_cast<int>(i));
  }
  return out;
}

std::vector<SiteOrder> OrderLattice::written(const Placement& placement) const {
  std::vector<SiteOrder> out;
  for (const int i : highest(placement)) out.push_back(all_[i]);
  std::ranges::sort(out, {}, [](const SiteOrder& o) {
    return std::pair{o.site, name_of(o.order)};
  });
  return out;
}

std::string text(const std::vector<SiteOrder>& placement) {
  std::string out;
  for (const SiteOrder& o : placement) out += (out.empty() ? "" : " ") + text(o);
  return out.empty() ? "nothing" : out;
}

}  // namespace lockstep::orders
