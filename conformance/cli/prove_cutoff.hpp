// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "claims/proof.hpp"
#include "cli/frame/session.hpp"

namespace lockstep::cli {

/// What `prove --cutoff` says, and the member `cutoff` of its document.
struct CutoffSaid {
  Verdict verdict = Verdict::unknown;
  std::string words;  ///< "cutoff 2x2x2", or what leads out
  report::Json document;
};
/// Searches the smallest size whose graph has every view, and prints what it finds. The invariant
/// must have been shown before.
CutoffSaid say_cutoff(Session& session, const ProofSubject& subject);

}  // namespace lockstep::cli
