// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "claims/one_prover.hpp"

namespace lockstep {

/// The checks of the claim `possible` by the proof, where the manifest has one: the invariant of
/// the form that holds allows each state that has to be reachable, and each way to step.
void add_allowed(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                 const ManifestProtocol& protocol, const std::shared_ptr<OneProver>& prover);

}  // namespace lockstep
