// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders::litmus {

/// What a litmus test in the kernel's dialect has no words for.
struct Unwritable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What the comment at the head of a test says.
struct Heading {
  std::string name;                   ///< of the test
  std::optional<std::string> result;  ///< `Never`, `Sometimes`, `Always`
  std::vector<std::string> about;     ///< lines: protocol, question, what was assumed
};

/// The program as a test in the kernel's C dialect, which herd7 reads too: `exists` is what it
/// calls forbidden. Names of objects become numbers above all others, fields of objects variables
/// of their own; a value that was not read is 0. Throws Unwritable where C has no words for it.
std::string write(const Program& program, const Symbols& symbols, const Heading& heading);

}  // namespace lockstep::orders::litmus
