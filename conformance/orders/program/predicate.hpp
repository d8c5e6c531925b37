// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "model/term.hpp"

namespace lockstep::orders {

/// A value named in a predicate, and the condition under which there is one.
struct Named {
  Term value;  ///< null = no such name
  Term exists = term::constant(1);
};

/// What the names of a predicate stand for.
struct Scope {
  std::function<Named(const std::string& task, const std::string& what)> value;  ///< task.what
  std::function<Named(const std::string& task, const std::string& site)> event;  ///< task@site
  std::function<Named(const std::string& name)> constant;
};

/// Reads a predicate such as `reader@Use /\ reader.range # 7`: `task.SITE` the value read or
/// written at a site, `task.local` a local at the task's end, `task@SITE` whether it happened;
/// = # < <= > >= + - /\ \/ ~ and parentheses. A comparison with a value that there is not, since
/// its site did not happen, is false. Throws InputError with the column in `text`.
Term parse_predicate(std::string_view text, std::string_view file, const Scope& scope);

}  // namespace lockstep::orders
