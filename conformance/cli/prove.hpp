// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claims/proof_batch.hpp"
#include "cli/frame/session.hpp"

namespace lockstep::cli {

/// The arguments of `prove`.
struct ProveArguments {
  std::string protocol, variant = "holds";
  std::string assume, without;
  bool first = false, cutoff = false;
  bool variants = false, drop = false, guards = false, limits = false;

  /// Of the form that holds, as the manifest has it.
  bool plain() const { return variant == "holds" && assume.empty() && without.empty(); }
  /// Instead of the manifest's assumption.
  std::optional<std::string> assumption() const {
    return assume.empty() ? std::nullopt : std::optional{assume};
  }
};

/// Options of a prover that the session stops, and that tells of its ways to step under this title.
unbounded::Options prover_options(Session& session, const char* title);

/// Ends work that should stop, by an exception, if it should: `decided` says what is known until
/// then. The verdict is UNKNOWN whatever that is.
void stop_with(Session& session, const std::string& decided);
/// What will be said so of work that is stopped from here on.
void when_stopped_say(Session& session, const std::string& decided);

/// One proof: the walks of the code, then the induction.
Exit prove_protocol(Session& session, const ProveArguments& arguments);

// The tables, each of many proofs.
Exit prove_variants(Session& session, const ProveArguments& arguments);
Exit prove_drop(Session& session, const ProveArguments& arguments);
Exit prove_guards(Session& session, const ProveArguments& arguments);
Exit prove_limits(Session& session, const ProveArguments& arguments);

report::Json failures_json(const unbounded::Proof& proof);

}  // namespace lockstep::cli
