// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::testing {

/// Mutants that `explore` alone lets live, and why it may: `compare` kills all of them. A reason
/// that begins with WEAK says that the properties should know better.
struct Survivor {
  std::string_view mutant, reason;
};

/// Of a protocol; none are explained of one that is not known here.
const std::vector<Survivor>& survivors_of(const std::string& protocol);

}  // namespace lockstep::testing
