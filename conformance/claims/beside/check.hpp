// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "claims/check.hpp"

namespace lockstep {

/// Of what needs the texts beside the sites, where they are wrong: `kernel` says how.
inline constexpr std::string_view not_read_beside =
    "what stands beside the sites is not as it should be; see ";

/// Two checks of a protocol that has a reference: that what stands beside its sites is what is
/// known of Linux (`kernel`), and what the orders are needed for (`pairs`). Where reference/ is
/// beside spec/, but not the protocol's registration, both are UNKNOWN. A root of specifications
/// alone has no such text.
void add_beside(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                const ManifestProtocol& protocol);

}  // namespace lockstep
