// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace lockstep::testing {

/// Is every case asked for, however long it takes? `./lockstep test --thorough` says so.
inline bool thorough() {
  const char* set = std::getenv("LOCKSTEP_THOROUGH");
  return set != nullptr && *set != '\0' && std::string{set} != "0";
}

/// All of them in a thorough run. Else `count`, in their order, chosen by LOCKSTEP_SAMPLE_SEED.
template <class T>
std::vector<T> sample(const std::vector<T>& all, std::size_t count) {
  if (thorough() || all.size() <= count) return all;
  const char* set = std::getenv("LOCKSTEP_SAMPLE_SEED");
  std::mt19937_64 random(set == nullptr ? 1 : std::strtoull(set, nullptr, 10));
  std::vector<T> out;
  std::sample(all.begin(), all.end(), std::back_inserter(out), count, random);
  return out;
}

}  // namespace lockstep::testing
