// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>

#include "explore/records.hpp"

namespace lockstep {

/// A queue of snapshots, first in, first out. The memory of what has
/// been taken out is given back.
class SnapshotQueue {
 public:
  explicit SnapshotQueue(const System& system);

  void push(const std::byte* snapshot);
  /// Copies the oldest snapshot out and removes it; false if there is none.
  bool pop(std::byte* snapshot);
  std::uint64_t size() const { return size_; }

 private:
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t count = 0;
  };
  static constexpr std::size_t chunk_bytes = std::size_t{1} << 20;

  SnapshotFormat format_;
  std::size_t per_chunk_;
  std::deque<Chunk> chunks_;
  std::size_t first_ = 0;  ///< records taken out of the first chunk
  std::uint64_t size_ = 0;
};

}  // namespace lockstep
