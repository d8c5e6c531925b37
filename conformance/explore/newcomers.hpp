// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
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
    std::uint64_t way = 0;  ///< by which it was come to; the least is the earliest
    Place place;
  };
  static constexpr std::size_t part_bits = 6;
  static constexpr std::size_t parts = std::size_t{1} << part_bits;
  static_assert(part_bits <= StateSet::part_bits, "a part here has whole parts of the set of all");

  /// Is this the earliest way to the key until now? Then the record of the one before it, if there
  /// was one, is dropped. From several threads at once.
  bool enter(const Newcomer& newcomer);

  const std::vector<Newcomer>& part(std::size_t number) const { return parts_[number].all; }
  const std::vector<Place>& dropped(std::size_t part) const { return parts_[part].dropped; }
  std::size_t size() const;
  void clear();

 private:
  struct alignas(64) Part {
    std::mutex mutex;
    std::vector<Newcomer> all;
    std::vector<std::uint32_t> slots;  ///< 1 + number in `all`; 0 = empty
    std::vector<Place> dropped;
  };
  static std::uint32_t& slot_of(Part& part, StateKey key);
  static void grow(Part& part);

  std::array<Part, parts> parts_;
};

}  // namespace lockstep
