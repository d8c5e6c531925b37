// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace lockstep::tlc {

/// Numbers TLC's fingerprints in the order in which they are first seen. Open addressing: a
/// graph has millions of them.
class Fingerprints {
 public:
  explicit Fingerprints(std::size_t expected) {
    std::size_t size = 64;
    while (size < 2 * expected) size *= 2;
    table_.resize(size);
  }

  std::uint32_t number(std::uint64_t fingerprint) {
    for (std::size_t i = start(fingerprint);; i = (i + 1) & (table_.size() - 1)) {
      Entry& entry = table_[i];
      if (entry.number_plus_one == 0) {
        if (2 * (count_ + 1) > table_.size()) {
          grow();
          return number(fingerprint);
        }
        entry = {fingerprint, ++count_};
        return count_ - 1;
      }
      if (entry.fingerprint == fingerprint) return entry.number_plus_one - 1;
    }
  }
  std::uint32_t count() const { return count_; }

 private:
  struct Entry {
    std::uint64_t fingerprint = 0;
    std::uint32_t number_plus_one = 0;  ///< 0 = free
  };

  std::size_t start(std::uint64_t fingerprint) const {
    const std::uint64_t mixed = fingerprint * 0x9e3779b97f4a7c15u;
    return static_cast<std::size_t>(mixed >> 20) & (table_.size() - 1);
  }

  void grow() {
    std::vector<Entry> old(2 * table_.size());
    old.swap(table_);
    for (const Entry& entry : old) {
      if (entry.number_plus_one == 0) continue;
      std::size_t i = start(entry.fingerprint);
      while (table_[i].number_plus_one != 0) i = (i + 1) & (table_.size() - 1);
      table_[i] = entry;
    }
  }

  std::vector<Entry> table_;
  std::uint32_t count_ = 0;
};

}  // namespace lockstep::tlc
