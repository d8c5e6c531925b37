// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace lockstep::testing {

/// Mutants that a judge lets live, and why it may. A reason that begins with WEAK says that the
/// properties should know better.
struct Survivor {
  std::string mutant, reason;
};

enum class Judged {
  alone,  ///< by `explore` alone; `compare` kills all of them: survivors/
  both,   ///< where the specification has the same mistake: by properties and by counts: both/
};

/// Of a protocol, from PROTOCOL.txt: a reason on a line, and below it its mutants. None are
/// explained of a protocol that has no such file.
std::vector<Survivor> survivors_of(const std::string& protocol, Judged judged);
/// Each of these has to be a protocol of the tree.
std::vector<std::string> protocols_with_survivors(Judged judged);

}  // namespace lockstep::testing
