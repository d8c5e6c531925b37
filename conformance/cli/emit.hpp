// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/common.hpp"
#include "orders/program/question.hpp"

namespace lockstep::cli {

/// What has been decided: by question and model, is its forbidden end reachable?
using Reached = std::map<std::pair<std::string, std::string>, bool>;

/// Writes each question as DIRECTORY/PROTOCOL-QUESTION.litmus, with the verdict of the kernel's
/// model in its comment. Each test is read again before it is written, and judged under the models
/// of `reached`. What a litmus test has no words for, what `litmus` does not read and what it
/// judges otherwise is not written: it is said why, and the verdict is UNKNOWN.
struct Emission {
  std::string text;
  Verdict verdict = Verdict::pass;
};
Emission emit_litmus(Session& session, const std::string& protocol,
                     const std::vector<orders::Question>& questions,
                     const orders::Automata& automata, const Symbols& symbols,
                     const orders::Overrides& overrides, const Reached& reached,
                     const std::string& directory);

}  // namespace lockstep::cli
