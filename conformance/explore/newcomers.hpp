// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "explore/state_set.hpp"

namespace lockstep {

/// The states that several threads have come to for the first time, each with its earliest way.
/// Each thread has a table of its own, so that none waits for another's cache lines.
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

  explicit Newcomers(std::size_t workers) : tables_(workers) {}

  /// Is this the worker's first way to the key? A worker's ways ascend. From several workers at
  /// once.
  bool enter(std::size_t worker, const Newcomer& newcomer);

  /// A key counts once for each worker that came to it.
  std::size_t size() const;
  /// Inserts what a part has into the set of all, and forgets it; of several workers' ways to a
  /// key the records of all but the earliest are dropped. Parts at the same time.
  void move_into(StateSet& all, std::size_t part);
  /// What was dropped since the last call.
  std::vector<Place> take_dropped();

 private:
  static constexpr std::uint64_t no_way = ~std::uint64_t{0};

  struct alignas(64) Part {
    std::uint32_t used = 0;
    std::vector<Newcomer> slots;  ///< without a way: empty
    std::vector<Place> dropped;
  };
  static Newcomer& slot_of(Part& part, StateKey key);
  static void grow(Part& part);
  /// The part's entry of the newcomer's key, made if there was none.
  static std::pair<Newcomer&, bool> entry(Part& part, const Newcomer& newcomer);
  void join(std::size_t part);

  std::vector<std::array<Part, parts>> tables_;  ///< of each worker
};

}  // namespace lockstep
