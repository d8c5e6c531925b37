// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "claims/one_prover.hpp"

namespace lockstep {

/// The check of the claim `atomic` by the proof, where the manifest has one: of any number of tasks
/// each step is as good as one, but for those that protocol.json names.
void add_atomic_proof(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                      const ManifestProtocol& protocol, const std::shared_ptr<OneProver>& prover);

/// What the prover says of the steps of several accesses.
struct AtomicAnswer {
  unbounded::Prover::Atomic asked;
  std::vector<std::string> wrong;  ///< others come between, or protocol.json says so and none do
  std::vector<std::string> open;   ///< whether they do is not known
  Verdict verdict() const;
};
AtomicAnswer judge_atomic(unbounded::Prover& prover, const ManifestProtocol& protocol,
                          const unbounded::Options& options);

}  // namespace lockstep
