// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "claims/judges.hpp"
#include "explore/replay.hpp"
#include "traces/trace.hpp"

namespace lockstep {

/// A trace of a file, and what the stepped reference says of it.
struct TraceFile {
  Subject subject;
  Layout layout;
  Trace trace;
  std::optional<ReplayDifference> difference;  ///< the first; none: it replays
  std::string violated;                        ///< at its end, if it replays; or ""

  /// Reads a file and replays it. What is no trace of a protocol, a variant and a size that there
  /// are, or names a site or a task that there is not, is an InputError with its place.
  static TraceFile read(const Manifest& manifest, const std::filesystem::path& path);
};

/// "differs at step 3 of 43, Put_Dec(r1)", with the reason where the step is refused.
std::string words(const TraceFile& file);

}  // namespace lockstep
