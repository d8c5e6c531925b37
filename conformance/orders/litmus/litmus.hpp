// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/atom.hpp"
#include "orders/program/event.hpp"

namespace lockstep::orders::litmus {

enum class Dialect { kernel, c11 };
enum class Quantifier { exists, not_exists, forall };

/// A litmus test as a program of events: `program.forbidden` is the proposition of its final
/// condition, whatever the quantifier; `filter` is an assumption.
struct Test {
  std::string name;  ///< that stands in the file
  std::string file;
  Dialect dialect = Dialect::kernel;
  Quantifier quantifier = Quantifier::exists;
  Program program;
  Symbols symbols;
  std::optional<std::string> result;  ///< of a comment `Result: Never`, in small letters
  std::set<std::string> unassigned;   ///< `0:r1`, that is read but nowhere assigned: it is 0
  bool cut_loops = false;  ///< executions with more iterations than we unroll are not considered
};

/// Of a test none of whose executions ends, why that may be. `fault`: what stops some of them.
std::string why_nothing_ends(const Test& test, const std::string& fault);

/// A construct that the file is entitled to, and that is not read: the verdict is UNKNOWN.
struct Unsupported {
  std::string file;
  std::size_t line = 0, column = 0;
  std::string construct;
  std::string text() const;  ///< `file:line:column: CONSTRUCT is not supported`
};

/// Throws InputError, with line and column, for a text that is no litmus test, and Unsupported.
Test read(std::string_view text, std::string_view file);

}  // namespace lockstep::orders::litmus
