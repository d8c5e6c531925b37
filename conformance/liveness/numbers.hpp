// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>

#include "explore/state_set.hpp"

namespace lockstep::liveness {

/// Gives states the numbers 0, 1, 2 ... in the order in which they come.
class Numbers {
 public:
  /// The number, and whether the state is a new one.
  std::pair<std::uint32_t, bool> of(StateKey key) {
    const auto [at, is_new] = numbers_.emplace(key, static_cast<std::uint32_t>(numbers_.size()));
    return {at->second, is_new};
  }
  std::size_t size() const { return numbers_.size(); }

 private:
  struct Hash {
    std::size_t operator()(const StateKey& key) const { return key.low; }
  };
  std::unordered_map<StateKey, std::uint32_t, Hash> numbers_;
};

}  // namespace lockstep::liveness
