// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace lockstep {

/// The different stacks of one fiber, each kept once. A task's control state is its site and its
/// locals, so there are few of them, and a snapshot needs only a number.
class ImagePool {
 public:
  /// The number of this content.
  std::uint32_t intern(const std::byte* data, std::size_t bytes);
  /// Valid until the next intern().
  std::span<const std::byte> image(std::uint32_t number) const {
    const Entry& entry = entries_[number];
    return {bytes_.data() + entry.offset, entry.bytes};
  }
  bool is(std::uint32_t number, const std::byte* data, std::size_t bytes) const;

 private:
  struct Entry {
    std::size_t offset;
    std::uint32_t bytes;
    std::uint32_t next;  ///< with the same hash; the number itself ends the chain
  };
  std::vector<std::byte> bytes_;
  std::vector<Entry> entries_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_hash_;
};

}  // namespace lockstep
