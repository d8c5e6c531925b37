// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "machines/system.hpp"

namespace lockstep {

struct ShakeOptions {
  std::uint64_t seed = 1;
  std::uint32_t walks = 20;
  std::uint32_t steps = 2000;          ///< of each walk
  std::function<void()> on_walk = {};  ///< before each; may throw to stop
};

/// Random walks of the code, and in every state that they visit: do code and automaton enable the
/// same steps, with the same results? A search keeps one stack for each state; a walk keeps its
/// own, so that what a task hides from the state (a counter of rounds, an old handle) shows sooner
/// or later. The same seed gives the same walks. Returns the first difference, in words.
/// `code` and `automaton` are of the same model; a snapshot of either begins with the atoms.
std::optional<std::string> shake(System& code, System& automaton, const ShakeOptions& options);

}  // namespace lockstep
