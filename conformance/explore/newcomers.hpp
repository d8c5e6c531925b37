// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "explore/state_set.hpp"

namespace lockstep {

/// The states that several threads have come to for the first time, each with its earliest way.
class Newcomers {
 public:
  /// Where the record of a state is.
  struct Place {
    std::uint32_t item = 0, index = 0;
  };
  struct Newcomer {
    StateKey key;
    std::uint64_t way = no_way;  ///< by which it was come to; the least is the earliest
    Place place;
  };
  static constexpr std::size_t part_bits = 6;
  static constexpr std::size_t parts = std::size_t{1} << part_bits;
  static_assert(part_bits <= StateSet::part_bits, "a part here has whole parts of the set of all");

  /// Is this the earliest way to the key until now? Then the record of the one before it, if there
  /// was one, is dropped. From several threads at once.
  bool enter(const Newcomer& newcomer);

  std::size_t size() const;
  /// Inserts what a part has into the set of all, and forgets it. Parts at the same time.
  void move_into(StateSet& all, std::size_t part);
  /// What was dropped since the last call.
  std::vector<Place> take_dropped();

 private:
  static constexpr std::uint64_t no_way = ~std::uint64_t{0};

  /// What every enter() touches is one cache line, which threads hand to each other, and one of
  /// `slots`.
  struct alignas(64) Part {
    std::atomic_flag taken = ATOMIC_FLAG_INIT;
    std::uint32_t used = 0;
    std::vector<Newcomer> slots;  ///< without a way: empty
    std::vector<Place> dropped;
  };
  class Lock;
  static Newcomer& slot_of(Part& part, StateKey key);
  static void grow(Part& part);

  std::array<Part, parts> parts_;
};

}  // namespace lockstep
