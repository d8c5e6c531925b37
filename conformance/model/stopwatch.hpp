// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace lockstep {

/// How long something takes, for figures: it runs from its making on.
class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace lockstep
