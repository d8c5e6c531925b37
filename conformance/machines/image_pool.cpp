// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/image_pool.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>

namespace lockstep {

bool ImagePool::is(std::uint32_t number, const std::byte* data, std::size_t bytes) const {
  const auto known = image(number);
  return known.size() == bytes && std::memcmp(known.data(), data, bytes) == 0;
}

std::uint32_t ImagePool::intern(const std::byte* data, std::size_t bytes) {
  const std::uint64_t hash = XXH3_64bits(data, bytes);
  const auto number = static_cast<std::uint32_t>(entries_.size());
  const auto [at, added] = by_hash_.try_emplace(hash, number);
  std::uint32_t next = number;
  if (!added) {
    for (std::uint32_t i = at->second;; i = entries_[i].next) {
      if (is(i, data, bytes)) return i;
      if (entries_[i].next == i) break;
    }
    next = at->second;
    at->second = number;
  }
  entries_.push_back({bytes_.size(), static_cast<std::uint32_t>(bytes), next});
  bytes_.insert(bytes_.end(), data, data + bytes);
  return number;
}

}  // namespace lockstep
