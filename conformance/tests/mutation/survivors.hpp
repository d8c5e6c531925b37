// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

namespace lockstep::testing {

/// Mutants that `explore` alone lets live, and why it may: `compare` kills all of them. A reason
/// that begins with WEAK says that the properties should know better.
struct Survivor {
  std::string_view mutant, reason;
};

const std::vector<Survivor>& survivors_of_vma_refcnt();

}  // namespace lockstep::testing
