// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/snapshot_queue.hpp"

namespace lockstep {

SnapshotQueue::SnapshotQueue(const System& system)
    : format_(system), per_chunk_(chunk_bytes / format_.bytes()) {}

void SnapshotQueue::push(const std::byte* snapshot) {
  if (chunks_.empty() || chunks_.back().count == per_chunk_) {
    chunks_.push_back({std::make_unique<std::byte[]>(chunk_bytes), 0});
  }
  Chunk& chunk = chunks_.back();
  format_.pack(snapshot, chunk.bytes.get() + chunk.count * format_.bytes());
  ++chunk.count;
  ++size_;
}

bool SnapshotQueue::pop(std::byte* snapshot) {
  if (size_ == 0) return false;
  format_.unpack(chunks_.front().bytes.get() + first_ * format_.bytes(), snapshot);
  --size_;
  if (++first_ == per_chunk_) {
    chunks_.pop_front();
    first_ = 0;
  }
  return true;
}

}  // namespace lockstep
