// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "claims/manifest.hpp"
#include "machines/protocol.hpp"

namespace lockstep::testing {

/// The protocols that have a reference; what is only specified has no sites and no traces.
inline std::vector<ManifestProtocol> with_code(const Manifest& manifest) {
  std::vector<ManifestProtocol> out;
  for (const ManifestProtocol& protocol : manifest.protocols) {
    const Protocol& code = Protocol::find(protocol.name);
    if (code.model(code.sizes().smallest(), "holds")->has_code()) out.push_back(protocol);
  }
  return out;
}

}  // namespace lockstep::testing
