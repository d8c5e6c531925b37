// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/verdict.hpp"

namespace lockstep::cli {

/// Colours, where they are wanted. The texts stay readable without.
class Paint {
 public:
  /// `when` is auto, always or never; auto asks whether standard output is a terminal.
  explicit Paint(std::string_view when);

  std::string verdict(Verdict verdict) const;  ///< PASS green, FAIL red, UNKNOWN yellow
  std::string good(std::string_view text) const { return in("32", text); }
  std::string bad(std::string_view text) const { return in("1;31", text); }
  std::string doubtful(std::string_view text) const { return in("33", text); }
  std::string strong(std::string_view text) const { return in("1", text); }
  std::string faint(std::string_view text) const { return in("2", text); }

 private:
  std::string in(std::string_view code, std::string_view text) const;
  bool on_;
};

}  // namespace lockstep::cli
