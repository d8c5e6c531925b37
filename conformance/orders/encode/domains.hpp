// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders {

/// Which values a program can have in hand at all, so that the solver needs bits for these only.
struct Domains {
  Atom lowest = 0, highest = 1;  ///< of the numbers, those on the way to a result included
  std::vector<Atom> names;       ///< sorted
};

/// Follows the values from the writes to the reads, as often as there are reads: no value flows
/// longer, since none flows out of thin air. Nothing where a set becomes too large to be of use, or
/// where the program calculates with names or makes choices.
std::optional<Domains> domains_of(const Program& program);

/// The largest number that can be held without domains, unless the program has larger ones.
inline constexpr Atom small_number = 0x1fff;
/// Are all numbers that the program names at most that?
bool small_numbers(const Program& program);

}  // namespace lockstep::orders
