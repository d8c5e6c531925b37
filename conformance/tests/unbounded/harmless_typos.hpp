// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::testing {

/// A typing mistake in a conjunct that the prover lets live, and what is shown of it: beside the
/// other conjuncts it says the same ("equivalent"); or less, or more, or something else, and is as
/// inductive ("weaker", "stronger", "different").
struct HarmlessTypo {
  std::string_view typo, reason;
};

const std::vector<HarmlessTypo>& harmless_typos();

/// "" of a mistake that is not listed.
std::string reason_of(const std::string& typo);

}  // namespace lockstep::testing
