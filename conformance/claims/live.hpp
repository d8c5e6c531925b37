// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "claims/judges.hpp"
#include "liveness/judge.hpp"
#include "liveness/view_premise.hpp"

namespace lockstep {

/// What a subject's liveness came to, by the graph of its specification and without Java.
struct LivenessJudged {
  liveness::Result result;
  Layout layout;  ///< of the states of a violation
};

/// Under what fairness?
enum class Fairness {
  stated,  ///< that which the manifest names
  none,
};

/// Asks for properties of behaviours by their names, under the VIEW that the manifest names. Throws
/// InputError with the place of what is not understood.
LivenessJudged judge_liveness(const Subject& subject, const std::vector<std::string>& properties,
                              const Workshop& workshop, Fairness fairness = Fairness::stated);
/// The same, as a changed copy of the module has the properties and the fairness.
LivenessJudged judge_liveness(const Subject& subject, const tla::Module& module,
                              const std::vector<std::string>& properties, const Workshop& workshop,
                              Fairness fairness = Fairness::stated);
/// In how many states the actions are enabled that fairness is stated of, and how many steps they
/// take: summed over all conditions, those of strong fairness twice.
std::uint64_t count_fair(const Subject& subject, const tla::Module& module,
                         const Workshop& workshop);
/// Those of the names that the specification states as liveness, also if it is refuted.
std::vector<std::string> live_among(const Subject& subject, const std::vector<std::string>& names);
/// The premise of the VIEW, with all properties of the subject that the engines judge; of each view
/// up to `follow` states are followed.
struct ViewJudged {
  liveness::ViewChecked checked;
  std::string got;  ///< "holds", or what it hides
};
ViewJudged judge_view(const Subject& subject, unsigned follow, const Workshop& workshop);
/// "holds", "violates LookupEnds".
std::string words(const liveness::Result& result);

}  // namespace lockstep
