// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "machines/system.hpp"

namespace lockstep {

/// A snapshot as it is kept: each atom in two bytes, what else it has as it is.
class SnapshotFormat {
 public:
  explicit SnapshotFormat(const System& system);
  std::size_t bytes() const { return atoms_ * sizeof(std::int16_t) + rest_; }
  /// Throws ProtocolError where the states of the program hold more than a few thousand different
  /// numbers that two bytes do not.
  void pack(const std::byte* snapshot, std::byte* record) const;
  void unpack(const std::byte* record, std::byte* snapshot) const;

 private:
  std::size_t atoms_, rest_;
};

/// Memory for records that come and go, for several threads.
class RecordPool {
 public:
  using Block = std::unique_ptr<std::byte[]>;
  explicit RecordPool(std::size_t record_bytes);

  Block take();
  void give_back(std::vector<Block>& blocks);
  std::size_t record_bytes() const { return record_bytes_; }
  std::size_t per_block() const { return per_block_; }

 private:
  std::size_t record_bytes_, per_block_;
  std::mutex mutex_;
  std::vector<Block> free_;
};

/// Records in their order.
class Records {
 public:
  explicit Records(RecordPool& pool) : pool_(&pool) {}
  Records(Records&&) noexcept = default;
  Records& operator=(Records&&) noexcept = default;
  ~Records() { pool_->give_back(blocks_); }

  /// A further one, to be written.
  std::byte* add();
  const std::byte* operator[](std::size_t index) const { return at(index); }
  std::size_t size() const { return size_; }
  /// `indices`: ascending.
  void remove(const std::vector<std::uint32_t>& indices);

 private:
  std::byte* at(std::size_t index) const {
    return blocks_[index / pool_->per_block()].get() +
           index % pool_->per_block() * pool_->record_bytes();
  }

  RecordPool* pool_;
  std::vector<RecordPool::Block> blocks_;
  std::size_t size_ = 0;
};

}  // namespace lockstep
