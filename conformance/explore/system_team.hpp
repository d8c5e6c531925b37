// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "machines/system.hpp"

namespace lockstep {

/// A system and as many others like it as several threads need.
class SystemTeam {
 public:
  /// `first` must live as long. Fewer than `count` where there are no others.
  SystemTeam(System& first, unsigned count) : first_(first) {
    while (others_.size() + 1 < count) {
      std::unique_ptr<System> other = first.another();
      if (other == nullptr) break;
      others_.push_back(std::move(other));
    }
  }
  std::size_t size() const { return others_.size() + 1; }
  System& operator[](std::size_t index) { return index == 0 ? first_ : *others_[index - 1]; }

 private:
  System& first_;
  std::vector<std::unique_ptr<System>> others_;
};

}  // namespace lockstep
