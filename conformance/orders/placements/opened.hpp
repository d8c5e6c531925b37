// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "orders/placements/minimal.hpp"
#include "orders/program/question.hpp"

namespace lockstep::orders {

/// A program whose declared orders are open, and the placement that declares them.
struct Opened {
  Program program;
  OrderLattice lattice;
  Placement declared;
};

enum class Opening {
  declared,     ///< every marked access and fence whose order is above the weakest
  also_relaxed  ///< and the marked accesses at the weakest; a plain access stays plain
};

/// Opens all but the sites of `fixed`, and what is no order of ours: locks, fences that go with a
/// read-modify-write, accesses of C11.
Opened opened(const Program& program, Opening which, const std::set<std::string>& fixed = {});

/// Of a question; the orders that it assumes, and those that a caller overrides, stay as they are.
Opened open_question(const Question& question, const Automata& automata, const Symbols& symbols,
                     Opening which, const Overrides& overrides = {});

/// A program whose sites are open already, and declared as strong as they may be.
Opened strongest(const Program& program);

/// Gives a site its order, open or not. Throws InputError where there is no such site, or where it
/// cannot have that order.
void fix_order(Program& program, const std::string& site, Order order);
/// Is the site a fence, and nothing else?
bool is_fence(const Program& program, const std::string& site);

/// The orders of a site, as `declared` would have them.
Placement with_order(const OrderLattice& lattice, Placement placement, const std::string& site,
                     Order order);

}  // namespace lockstep::orders
