// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace lockstep {

/// PASS: the verdict is the one expected. FAIL: it differs. UNKNOWN: it could not be decided.
/// UNKNOWN is never turned into PASS; FAIL wins over UNKNOWN.
enum class Verdict { pass, fail, unknown };

constexpr std::string_view name_of(Verdict verdict) {
  constexpr std::string_view names[] = {"PASS", "FAIL", "UNKNOWN"};
  return names[static_cast<int>(verdict)];
}

/// The exit statuses of the command line (see README, "Exit status").
enum class Exit : int {
  pass = 0,
  fail = 1,
  input = 2,
  unknown = 3,
  internal = 4,
  interrupted = 130
};

/// An input that cannot be read: `file:line:column: what is wrong; what was expected`. Status 2.
/// A line or column of 0 is left out.
class InputError : public std::runtime_error {
 public:
  InputError(std::string_view file, std::size_t line, std::size_t column, std::string_view what);
};

/// Something could not be decided: no Java, TLC killed, out of time, memory or bound. Status 3.
class Undecided : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Ctrl-C or SIGTERM was seen. Status 130.
class Interrupted : public std::exception {
 public:
  const char* what() const noexcept override { return "interrupted"; }
};

}  // namespace lockstep
