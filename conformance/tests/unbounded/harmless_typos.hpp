// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lockstep::testing {

/// A typing mistake in a conjunct that the prover lets live, and what is shown of it: beside the
/// other conjuncts it says the same ("equivalent"); or less, or more, or something else, and is as
/// inductive ("weaker", "stronger", "different").
struct HarmlessTypo {
  std::string typo, reason;
};

/// Of the protocol whose proof these tests are about, by typos/PROTOCOL.txt: a heading on a line,
/// and what is below it.
const std::vector<HarmlessTypo>& harmless_typos();

/// "" of a mistake that is not listed.
std::string reason_of(const std::string& typo);

/// Names of its proof that are like another: what is written, and for what.
const std::vector<std::pair<std::string, std::string>>& names_alike();

}  // namespace lockstep::testing
