// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "claims/manifest.hpp"

namespace lockstep::beside {

/// A site of a protocol in its three descriptions: "" for what is not there.
struct SiteRow {
  std::string name, role, kind, cell, order;
  std::string kernel, primitive;         ///< of Linux
  std::string specification, reference;  ///< where it stands: `VmaRefcnt.tla:151`
};

/// The sites of the protocol that holds, role by role, as its automata have them.
std::vector<SiteRow> site_rows(const Manifest& manifest, const ManifestProtocol& protocol);

}  // namespace lockstep::beside
