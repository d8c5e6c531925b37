// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "claims/check.hpp"
#include "machines/protocol.hpp"

namespace lockstep {

/// The checks of the claim `inductive`, of protocols whose proof the manifest has: what holds is
/// proved, each variant with an expected proof comes out as it says, each after walks of its code.
void add_proofs(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                const ManifestProtocol& protocol);

}  // namespace lockstep
