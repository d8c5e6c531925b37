// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/snapshot_queue.hpp"

#include <cstring>
#include <stdexcept>

namespace lockstep {

namespace {
/// Numbers stand for themselves; names are counted down from the largest.
constexpr std::int16_t first_name = 0x4000;

std::int16_t narrow(Atom atom) {
  const Atom small = is_symbol(atom) ? atom - first_symbol + first_name : atom;
  const bool fits = is_symbol(atom) ? small <= INT16_MAX : small >= INT16_MIN && small < first_name;
  if (!fits) throw std::overflow_error("a number of the state does not fit 15 bits");
  return static_cast<std::int16_t>(small);
}

Atom widen(std::int16_t small) {
  return small >= first_name ? small - first_name + first_symbol : small;
}
}  // namespace

SnapshotQueue::SnapshotQueue(const System& system)
    : atoms_(system.world().layout().size()),
      rest_(system.snapshot_bytes() - atoms_ * sizeof(Atom)),
      record_bytes_(atoms_ * sizeof(std::int16_t) + rest_),
      per_chunk_(chunk_bytes / record_bytes_) {}

void SnapshotQueue::push(const std::byte* snapshot) {
  if (chunks_.empty() || chunks_.back().count == per_chunk_) {
    chunks_.push_back({std::make_unique<std::byte[]>(chunk_bytes), 0});
  }
  Chunk& chunk = chunks_.back();
  std::byte* record = chunk.bytes.get() + chunk.count * record_bytes_;
  for (std::size_t i = 0; i < atoms_; ++i) {
    Atom atom = 0;
    std::memcpy(&atom, snapshot + i * sizeof atom, sizeof atom);
    const std::int16_t small = narrow(atom);
    std::memcpy(record + i * sizeof small, &small, sizeof small);
  }
  std::memcpy(record + atoms_ * sizeof(std::int16_t), snapshot + atoms_ * sizeof(Atom), rest_);
  ++chunk.count;
  ++size_;
}

bool SnapshotQueue::pop(std::byte* snapshot) {
  if (size_ == 0) return false;
  const std::byte* record = chunks_.front().bytes.get() + first_ * record_bytes_;
  for (std::size_t i = 0; i < atoms_; ++i) {
    std::int16_t small = 0;
    std::memcpy(&small, record + i * sizeof small, sizeof small);
    const Atom atom = widen(small);
    std::memcpy(snapshot + i * sizeof atom, &atom, sizeof atom);
  }
  std::memcpy(snapshot + atoms_ * sizeof(Atom), record + atoms_ * sizeof(std::int16_t), rest_);
  --size_;
  if (++first_ == per_chunk_) {
    chunks_.pop_front();
    first_ = 0;
  }
  return true;
}

}  // namespace lockstep
