// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string_view>

namespace lockstep::testing {

/// Tells ctest that a test case was skipped, and why: `if (!java) return skip("no Java");`.
inline void skip(std::string_view reason) {
  std::printf("\nSKIPPED: %.*s\n", static_cast<int>(reason.size()), reason.data());
  std::fflush(stdout);
}

}  // namespace lockstep::testing
