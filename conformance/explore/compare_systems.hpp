// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "explore/compare.hpp"
#include "explore/spec_properties.hpp"

namespace lockstep {

struct SystemsCompared {
  ComparisonResult result;  ///< seconds: of both sides
  /// Of the specification's side alone, its steps and their identities: of all threads together.
  double spec_seconds = 0;
};

/// Equality of two labelled graphs, as compare() has it, but the specification is a system too:
/// both are walked breadth first, side by side, and no graph is kept. In every state that both
/// reach the steps are the same, and each leads to the same state under the VIEW of the reference's
/// layout. Both layouts have the same slots; atoms that both know are the same. `jobs`: threads at
/// most; the result is the same. `until`: of a broken variant, invariants; a state in which one of
/// them does not hold is an end, because what is done there has no meaning. Null: there is none.
SystemsCompared compare(System& spec, System& reference,
                        const std::function<void(std::uint64_t states)>& on_progress = {},
                        unsigned jobs = 1, const SpecProperties* until = nullptr);

}  // namespace lockstep
