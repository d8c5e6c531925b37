// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <mutex>

#include "machines/fiber.hpp"
#include "model/layout.hpp"

namespace lockstep {

/// The stacks of one task, as several threads number them. Each thread has the task's stack at
/// another address, so it cannot use another's image; but it comes to the same stack by the same
/// step. So a number stands for how a stack came to be.
class ImageBook {
 public:
  struct Origin {
    std::uint32_t from = 0;  ///< the stack before
    State before;            ///< the state in which the step began
    Fiber::Choices choices;  ///< that it made
  };

  /// The number of a stack that one thread has not seen before; 0 is that at the task's first stop.
  /// Another thread may know an equal one by another number.
  std::uint32_t add(Origin origin) {
    const std::lock_guard lock(mutex_);
    origins_.push_back(std::move(origin));
    return static_cast<std::uint32_t>(origins_.size());
  }
  /// Of a number other than 0; it stays where it is.
  const Origin& origin(std::uint32_t number) {
    const std::lock_guard lock(mutex_);
    return origins_[number - 1];
  }

 private:
  std::mutex mutex_;
  std::deque<Origin> origins_;
};

}  // namespace lockstep
