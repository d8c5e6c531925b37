// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "claims/live.hpp"
#include "report/document.hpp"

namespace lockstep::cli {

/// A violation of liveness as columns with its loop, and which part of the property it violates.
std::string lasso_columns(const Subject& subject, const LivenessJudged& judged);
report::Json lasso_json(const LivenessJudged& judged, const std::string& columns);

}  // namespace lockstep::cli
