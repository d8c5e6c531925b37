// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/frame/session.hpp"
#include "cli/verify_run.hpp"
#include "report/table.hpp"

namespace lockstep::cli {

/// What `verify` prints, `all` being what came of each check. Nothing is wider than
/// Session::page_width().
class VerifyText {
 public:
  VerifyText(const Session& session, const VerifyRun& run, const std::vector<Checked>& all)
      : session_(session), run_(run), all_(all), width_(session.page_width()) {}

  /// Every check, a row each.
  std::string table() const;
  /// Each that failed: why, and the command that shows it.
  std::string failures() const;
  /// Those that could not be decided, of one reason together: why, and what it would take.
  std::string unknowns() const;
  /// A line each: verdict, counts, seconds; and at which size it is safe.
  std::string protocols() const;
  /// Behind the verdict.
  std::string last_line(double seconds) const;

 private:
  std::string line(std::size_t indent, const std::string& text) const;
  std::string command(const std::string& shown) const;
  std::string shown(std::size_t check) const;
  std::string safe_at(const std::string& protocol) const;
  std::string nothing_to_check() const;

  const Session& session_;
  const VerifyRun& run_;
  const std::vector<Checked>& all_;
  const std::size_t width_;
};

/// `violates UsersOK in 4 steps`
std::string with_steps(const std::string& words, const std::optional<std::uint64_t>& steps);

}  // namespace lockstep::cli
