// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "claims/check.hpp"
#include "model/stopwatch.hpp"

namespace lockstep::cli {

struct VerifyArguments {
  bool quick = false, update = false, verbose = false;
  std::vector<std::string> protocols, scenarios;
};

/// The checks of `verify`, and what has come of those that are done. It is read while others still
/// work.
struct VerifyRun {
  VerifyArguments arguments;
  std::shared_ptr<const Manifest> manifest;
  std::vector<Check> checks;
  std::vector<std::optional<Checked>> results;
  std::map<std::string, std::string> texts;  ///< of each protocol that is asked: what of
  std::mutex mutex;
  const Stopwatch watch;
};

}  // namespace lockstep::cli
