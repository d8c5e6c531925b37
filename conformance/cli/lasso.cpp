// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/lasso.hpp"

#include <fmt/format.h>

#include "cli/common.hpp"

namespace lockstep::cli {

std::string lasso_columns(const Subject& subject, const LivenessJudged& judged) {
  const liveness::Violation& violation = *judged.result.violation;
  const liveness::Behaviour& lasso = violation.behaviour;
  const Broken broken{violation.property, "", violation.place, violation.slots};
  const std::string columns = behaviour_columns(subject, judged.layout, lasso.states, lasso.steps,
                                                violation.property, lasso.back_to, &broken);
  return fmt::format("{}\n{} fails at {}:{}:{}{}\n", columns, violation.property,
                     violation.place.file, violation.place.line, violation.place.column,
                     violation.bound.empty() ? "" : ", " + violation.bound);
}

report::Json lasso_json(const LivenessJudged& judged, const std::string& columns) {
  const liveness::Violation& violation = *judged.result.violation;
  const liveness::Behaviour& lasso = violation.behaviour;
  return {{"property", violation.property},
          {"kind", "lasso"},
          {"steps", lasso.steps.size()},
          {"back_to", lasso.back_to},
          {"trace", steps_json(lasso.steps, judged.layout.symbols)},
          {"columns", columns}};
}

}  // namespace lockstep::cli
