// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "orders/placements/opened.hpp"

namespace lockstep::orders {

/// A question that is Never with its declared orders, which are open.
struct AskedQuestion {
  std::string name;
  Opened opened;
  Overrides assumed = {};  ///< its orders that are not declared, and not open
};

/// What the order of one site is good for under one model, with all others as declared.
struct SiteNeed {
  std::string site;
  bool fence = false;
  std::vector<SiteOrder> declared;
  /// Each of these holds, and nothing weaker does; an empty one is no order at all.
  std::vector<std::vector<SiteOrder>> weakest;
  std::string reason;                  ///< why it is not known; then `weakest` is no answer
  std::vector<std::string> questions;  ///< that break a single step below
  std::set<std::string> assuming;      ///< those with an access of the site that assume an order
  /// `task.SITE`: what these questions need of other tasks and meets this order, as an acquire
  /// meets a release; `task.SITE (assumed)`, if the question assumes it. Where nothing meets it,
  /// the dependencies, `task.SITE (dependency)`; where there are none, all that they need.
  std::vector<std::string> pairs_with;
  std::map<std::string, std::set<std::string>> partners;  ///< the same, by question
  std::size_t calls = 0;                                  ///< of the solver
};

/// Of every open site. Sites are judged one by one; `pairs_with` then says which ones stand and
/// fall together.
std::vector<SiteNeed> site_needs(const std::vector<AskedQuestion>& questions,
                                 const MemoryModel& model, const MinimalOptions& options = {});

/// The same of the accesses and fences of a C11 program that is Never. Their orders are a chain or
/// nearly so; each is weakened by a fresh encoding, and nothing is said of pairs.
std::vector<SiteNeed> c11_needs(const Program& program, const MemoryModel& model,
                                const MinimalOptions& options = {});

/// The single order that says all of these, for a site of its kind: `acq_rel` for acquire and
/// release; `once`, of a fence `none`, for nothing. There is none for a fence with rmb and wmb: mb.
Order single_order(const std::vector<SiteOrder>& orders, bool fence);
/// `rmb+wmb`, `release`, `once`.
std::string order_text(const std::vector<SiteOrder>& orders, bool fence);

}  // namespace lockstep::orders
