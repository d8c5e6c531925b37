// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/records.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <string>
#include <unordered_map>

#include "machines/protocol_error.hpp"

namespace lockstep {

namespace {
/// Small numbers stand for themselves, names are counted from the largest of them on, and what is
/// below the least of them is the place of a wide one.
constexpr std::int16_t first_name = 0x4000, first_number = -0x7000;

/// Numbers that do not fit two bytes are few: a flag, and what is counted beside it. Each has a
/// place, the same in all records of the program.
class WideNumbers {
 public:
  std::int16_t place(Atom atom) {
    const std::lock_guard lock(mutex_);
    const auto [known, is_new] = places_.try_emplace(atom, places_.size());
    if (known->second == most) {
      throw ProtocolError("the states hold more than " + std::to_string(most) +
                          " different numbers below " + std::to_string(first_number) +
                          " or above " + std::to_string(first_name - 1) +
                          "; expected fewer: is one of them unbounded?");
    }
    if (is_new) numbers_[known->second].store(atom, std::memory_order_relaxed);
    return static_cast<std::int16_t>(INT16_MIN + static_cast<int>(known->second));
  }
  /// Who has a record got it by a lock of its queue, after the place was given.
  Atom at(std::int16_t place) const {
    return numbers_[static_cast<std::size_t>(place - INT16_MIN)].load(std::memory_order_relaxed);
  }

 private:
  static constexpr std::size_t most = static_cast<std::size_t>(first_number - INT16_MIN);
  std::mutex mutex_;
  std::unordered_map<Atom, std::size_t> places_;
  std::array<std::atomic<Atom>, most> numbers_{};
};

WideNumbers& wide() {
  static WideNumbers all;
  return all;
}

std::int16_t narrow(Atom atom) {
  if (atom >= first_number && atom < first_name) return static_cast<std::int16_t>(atom);
  if (!is_symbol(atom)) return wide().place(atom);
  const Atom name = atom - first_symbol + first_name;
  if (name > INT16_MAX) throw ProtocolError("more names of sites, objects and values than fit");
  return static_cast<std::int16_t>(name);
}

Atom widen(std::int16_t small) {
  if (small >= first_name) return small - first_name + first_symbol;
  return small >= first_number ? small : wide().at(small);
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
