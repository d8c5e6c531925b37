// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "claims/manifest.hpp"

namespace lockstep {

/// What the claim `atomic` says.
inline constexpr std::string_view atomic = "each step is as good as one";

inline bool is_known(const ManifestProtocol& p, const std::string& site) {
  return std::ranges::find(p.not_atomic, site, &ManifestNotAtomic::site) != p.not_atomic.end();
}
/// ", but for A, B, which are known not to be"; "" where there are none.
std::string known_not_atomic(const ManifestProtocol& p);

}  // namespace lockstep
