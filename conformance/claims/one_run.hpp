// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "claims/check.hpp"
#include "claims/manifest.hpp"
#include "machines/size.hpp"
#include "tlc/driver.hpp"

namespace lockstep {

/// TLC on one size of a protocol, asked once for several claims: the graph is the same, and to make
/// it again takes longest. What does not hold together is asked claim by claim.
class OneRun {
 public:
  /// `claims`: some of safe, refines, inductive.
  OneRun(std::shared_ptr<const Manifest> manifest, std::string protocol, Size size,
         std::vector<std::string> claims);

  /// What comes of one of the claims. Whoever asks first waits for TLC; the seconds are his.
  Outcome of(const std::string& claim, const Workshop& workshop);

 private:
  tlc::CheckResult ask(const std::vector<std::string>& claims, const Workshop& workshop) const;

  std::shared_ptr<const Manifest> manifest_;
  std::string protocol_;
  Size size_;
  std::vector<std::string> claims_;
  std::mutex mutex_;
  std::optional<tlc::CheckResult> together_;
};

}  // namespace lockstep
