// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/common.hpp"
#include "orders/program/question.hpp"

namespace lockstep::cli {

/// Writes each question as DIRECTORY/PROTOCOL-QUESTION.litmus, with the verdict of the kernel's
/// model in its comment; says what it wrote, and what a litmus test has no words for. UNKNOWN where
/// there is such a question.
struct Emission {
  std::string text;
  Verdict verdict = Verdict::pass;
};
Emission emit_litmus(Session& session, const std::string& protocol, const std::vector<orders::Question>& questions,
                     const orders::Automata& automata, const Symbols& symbols,
                     const orders::Overrides& overrides, const std::string& directory);

}  // namespace lockstep::cli
