// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/records.hpp"

#include <algorithm>
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

constexpr std::size_t block_bytes = std::size_t{1} << 14;
}  // namespace

SnapshotFormat::SnapshotFormat(const System& system)
    : atoms_(system.world().layout().size()),
      rest_(system.snapshot_bytes() - atoms_ * sizeof(Atom)) {}

void SnapshotFormat::pack(const std::byte* snapshot, std::byte* record) const {
  for (std::size_t i = 0; i < atoms_; ++i) {
    Atom atom = 0;
    std::memcpy(&atom, snapshot + i * sizeof atom, sizeof atom);
    const std::int16_t small = narrow(atom);
    std::memcpy(record + i * sizeof small, &small, sizeof small);
  }
  std::memcpy(record + atoms_ * sizeof(std::int16_t), snapshot + atoms_ * sizeof(Atom), rest_);
}

void SnapshotFormat::unpack(const std::byte* record, std::byte* snapshot) const {
  for (std::size_t i = 0; i < atoms_; ++i) {
    std::int16_t small = 0;
    std::memcpy(&small, record + i * sizeof small, sizeof small);
    const Atom atom = widen(small);
    std::memcpy(snapshot + i * sizeof atom, &atom, sizeof atom);
  }
  std::memcpy(snapshot + atoms_ * sizeof(Atom), record + atoms_ * sizeof(std::int16_t), rest_);
}

RecordPool::RecordPool(std::size_t record_bytes)
    : record_bytes_(record_bytes),
      per_block_(std::max<std::size_t>(1, block_bytes / record_bytes)) {}

RecordPool::Block RecordPool::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      Block block = std::move(free_.back());
      free_.pop_back();
      return block;
    }
  }
  return std::make_unique_for_overwrite<std::byte[]>(per_block_ * record_bytes_);
}

void RecordPool::give_back(std::vector<Block>& blocks) {
  if (blocks.empty()) return;
  const std::lock_guard lock(mutex_);
  std::ranges::move(blocks, std::back_inserter(free_));
  blocks.clear();
}

std::byte* Records::add() {
  if (size_ == blocks_.size() * pool_->per_block()) blocks_.push_back(pool_->take());
  return at(size_++);
}

void Records::remove(const std::vector<std::uint32_t>& indices) {
  if (indices.empty()) return;
  std::size_t to = indices.front(), next = 0;
  for (std::size_t from = to; from < size_; ++from) {
    if (next < indices.size() && indices[next] == from) {
      ++next;
    } else {
      std::memcpy(at(to++), at(from), pool_->record_bytes());
    }
  }
  size_ = to;
}

}  // namespace lockstep
