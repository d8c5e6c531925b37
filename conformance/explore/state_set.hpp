// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lockstep {

/// The identity of a state: 128 bits of hash of its atoms under the VIEW. Two of n states share one
/// with a probability of about n * n / 2^129.
struct StateKey {
  std::uint64_t low = 0, high = 0;
  friend bool operator==(const StateKey&, const StateKey&) = default;
};

/// Where a key belongs among `places` places: its low half, scaled.
inline std::size_t place_of(StateKey key, std::size_t places) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>((static_cast<Wide>(key.low) * places) >> 64);
}

/// A set of keys, and nothing else. It grows in small parts, so that growing needs little memory
/// beside the set itself. Several threads may look at it while none changes it, and may insert
/// keys of different parts.
class StateSet {
 public:
  static constexpr std::size_t part_bits = 10;
  /// The high half chooses the part.
  static std::size_t part_of(StateKey key) { return key.high >> (64 - part_bits); }

  StateSet();
  /// True if the key was not there.
  bool insert(StateKey key);
  bool contains(StateKey key) const;
  /// Says that the key will be asked about soon.
  void expect(StateKey key) const;

 private:
  struct Part {
    std::vector<StateKey> slots;  ///< {0, 0} = empty
    std::size_t used = 0;
  };
  static void grow(Part& part);
  static std::size_t find(const Part& part, StateKey key);

  std::array<Part, 1u << part_bits> parts_;
};

}  // namespace lockstep
