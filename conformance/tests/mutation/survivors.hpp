// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace lockstep::testing {

/// Mutants that `explore` alone lets live, and why it may: `compare` kills all of them. A reason
/// that begins with WEAK says that the properties should know better.
struct Survivor {
  std::string mutant, reason;
};

/// Of a protocol, from survivors/PROTOCOL.txt: a reason on a line, and below it its mutants. None
/// are explained of a protocol that has no such file.
std::vector<Survivor> survivors_of(const std::string& protocol);
/// Each of these has to be a protocol of the tree.
std::vector<std::string> protocols_with_survivors();

}  // namespace lockstep::testing
