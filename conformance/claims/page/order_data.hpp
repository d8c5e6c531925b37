// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "claims/judges.hpp"
#include "orders/placements/minimal.hpp"
#include "report/document.hpp"

namespace lockstep {

/// What a page of orders needs from outside.
struct OrderPage {
  const Manifest& manifest;
  const OrderSubject& subject;
  std::string protocol;
  const orders::Question& question;
  std::vector<std::string> models;
  orders::MinimalOptions options;
  /// A graph as SVG, or "" where nobody can draw.
  std::function<std::string(const std::string& dot)> draw;
};

/// What the page knows of a question: its open sites and the orders that each may have; of each
/// model all minimal placements, by which every combination is judged, and witnesses for all that
/// are not safe. orders.js says what the members are.
report::Json order_data(const OrderPage& page);

}  // namespace lockstep
