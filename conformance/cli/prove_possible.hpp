// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "cli/prove.hpp"

namespace lockstep::cli {

report::Json guards_json(const unbounded::Prover::Guards& guards);
/// FAIL if some way never begins, UNKNOWN if of some it is not known.
Verdict verdict_of(const unbounded::Prover::Guards& guards);

/// What the invariant allows: members `guards` and `possible` of the document.
struct PossibleSaid {
  Verdict verdict = Verdict::unknown;
  std::string words;  ///< "" where it allows all that has to be possible
  report::Json guards, possible;
};
/// Asks whether the invariant allows each way to step, and each state that has to be reachable, and
/// prints what it finds.
PossibleSaid say_possible(Session& session, unbounded::Prover& prover,
                          const unbounded::Question& question);

}  // namespace lockstep::cli
