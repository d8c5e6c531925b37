// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "explore/compare.hpp"

namespace lockstep {

struct SystemsCompared {
  ComparisonResult result;  ///< seconds: of both sides
  double spec_seconds = 0;  ///< of the specification's side alone: its steps and their identities
};

/// Equality of two labelled graphs, as compare() has it, but the specification is a system too:
/// both are walked breadth first, side by side, and no graph is kept. In every state that both
/// reach the steps are the same, and each leads to the same state under the VIEW of the reference's
/// layout. Both layouts have the same slots; atoms that both know are the same.
SystemsCompared compare(System& spec, System& reference,
                        const std::function<void(std::uint64_t states)>& on_progress = {});

}  // namespace lockstep
