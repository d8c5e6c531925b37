// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "claims/judges.hpp"
#include "liveness/judge.hpp"

namespace lockstep {

/// What a subject's liveness came to, by the graph of its specification and without Java.
struct LivenessJudged {
  liveness::Result result;
  Layout layout;  ///< of the states of a violation
};

/// Asks for properties of behaviours by their names, under the fairness and the VIEW that the
/// manifest names. Throws InputError with the place of what is not understood.
LivenessJudged judge_liveness(const Subject& subject, const std::vector<std::string>& properties,
                              const Workshop& workshop);
/// Those of the names that the specification states as liveness, also if it is refuted.
std::vector<std::string> live_among(const Subject& subject, const std::vector<std::string>& names);
/// "holds", "violates LookupEnds".
std::string words(const liveness::Result& result);

}  // namespace lockstep
