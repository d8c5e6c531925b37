// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "orders/program/event.hpp"

namespace lockstep::orders::litmus::writing {

/// What the reads of a program can return at most: each write is made once, and hands on what it
/// was made from. An upper bound, where values do not come out of thin air.
class PossibleValues {
 public:
  using Domains = std::map<std::string, std::set<Atom>>;  ///< of choices, by name
  PossibleValues(const Program& program, Domains choices);

  /// Empty where too many to count, or where a choice is not known.
  std::optional<std::set<Atom>> of(const Term& term, const Term& guard = nullptr) const;
  /// Of a read.
  std::optional<std::set<Atom>> of_read(int event) const;
  /// Can all of them hold at once? Yes where it is not known.
  bool together(const std::vector<Term>& conditions) const;

 private:
  /// A value, and the writes that it went through, as bits.
  using Value = std::pair<Atom, std::uint64_t>;
  using Values = std::optional<std::set<Value>>;

  Values values(const Term& term, const Term& guard) const;
  bool may_be(const Event& write, const Event& read) const;
  bool overlap(const Term& a, const Term& b) const;
  bool grow();

  const Program& program_;
  Domains choices_;
  std::map<int, Values> reads_;
  std::map<int, int> bits_;  ///< of the writes whose value is no constant
};

}  // namespace lockstep::orders::litmus::writing
