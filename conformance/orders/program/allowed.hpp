// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders {

/// The orders that an access or fence of this kind can have; none where it has no order at all.
std::vector<Order> allowed_orders(Kind kind);
/// The same of an event; of C11, with its seq_cst accesses and its fences.
std::vector<Order> allowed_orders(const Event& event);
/// `plain, once, acquire`
std::string names_of(const std::vector<Order>& orders);

}  // namespace lockstep::orders
