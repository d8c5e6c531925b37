// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "claims/judges.hpp"
#include "tlc/server.hpp"

namespace lockstep {

/// What TLC's distributed mode is asked about a subject. It judges invariants alone: it knows no
/// liveness, and looks at a step, for a property of steps or a refinement, only where that leads to
/// a state which nobody has seen yet.
struct AskedDistributed {
  std::vector<std::string> invariants;
  std::vector<std::string> left_out;  ///< of what `check` asks

  /// Throws InputError where a variant breaks what the mode does not judge, Undecided where the
  /// protocol has no invariant.
  static AskedDistributed of(const Subject& subject);
};

/// The server, with the specification's own Next, until workers have explored the model. Throws
/// Undecided also where they saw another number of states than is recorded of the size.
tlc::ServerResult check_distributed(const Subject& subject, const AskedDistributed& asked,
                                    Layout& layout, const tlc::ServerOptions& options);

}  // namespace lockstep
