// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "claims/manifest.hpp"
#include "cli/prove.hpp"

namespace lockstep::cli {

/// Are the steps of several accesses as good as one? The member `atomic` of the document.
struct AtomicSaid {
  Verdict verdict = Verdict::unknown;
  std::string words;  ///< "" where they are
  report::Json document;
};
/// Asks it of the states of the invariant, and prints what it finds.
AtomicSaid say_atomic(Session& session, unbounded::Prover& prover,
                      const ManifestProtocol& protocol);

}  // namespace lockstep::cli
