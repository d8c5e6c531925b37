// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lockstep/order.hpp"

namespace lockstep::orders {

/// A set of the orders that a lattice is made of, by index.
using Placement = std::vector<bool>;

/// Is each order of `a` in `b`?
bool within(const Placement& a, const Placement& b);

/// One order above the weakest that a site may have.
struct SiteOrder {
  std::string site;
  Order order = Order::none;
  bool operator==(const SiteOrder&) const = default;
  auto operator<=>(const SiteOrder&) const = default;
};
std::string text(const SiteOrder& order, char between = ':');  ///< `F2:rmb`

/// All ways to give orders to sites. A placement takes with each order those below it (`mb` takes
/// rmb and wmb, `full` of a read-modify-write takes acquire and release): it is *closed*.
class OrderLattice {
 public:
  /// The orders of an access of this kind; a site that is there already is not added again.
  /// Throws InputError where it is there with other orders.
  void add(const std::string& site, Kind kind);
  /// Orders of which `below` gives, for each, the indices (in `orders`) of those that it takes.
  void add(const std::string& site, const std::vector<Order>& orders,
           const std::vector<std::vector<int>>& below);
  /// All sites of another lattice, or the one that is named.
  void add(const OrderLattice& other, const std::string& only = {});

  std::size_t size() const { return all_.size(); }
  std::size_t sites() const;
  double combinations() const;  ///< the number of closed placements
  const SiteOrder& operator[](std::size_t i) const { return all_[i]; }
  int find(const SiteOrder& order) const;  ///< -1 = not there
  const std::vector<int>& below(int i) const { return below_[i]; }

  Placement weakest() const { return Placement(size(), false); }
  Placement strongest() const { return Placement(size(), true); }
  Placement closed(Placement placement) const;
  /// Those that no other one of the placement takes with it: what has to be written down, and what
  /// can be taken away by a single step.
  std::vector<int> highest(const Placement& placement) const;
  /// The highest orders, by site and name.
  std::vector<SiteOrder> written(const Placement& placement) const;

 private:
  std::vector<SiteOrder> all_;
  std::vector<std::vector<int>> below_;
};

/// `F2:rmb S2:release`; of the weakest placement, `nothing`.
std::string text(const std::vector<SiteOrder>& placement);

}  // namespace lockstep::orders
