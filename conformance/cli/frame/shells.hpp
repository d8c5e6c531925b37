// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/frame/candidates.hpp"

namespace lockstep::cli {

/// The shells whose completion we can write.
const std::vector<std::string>& shells();
/// The text that such a shell reads. It has no list of its own: it asks the program each time.
std::string completion_script(const std::string& shell);
/// As those texts read it: a word, a tab, what it means; a line `:files` or `:folders`.
std::string candidate_lines(const Candidates& candidates);

}  // namespace lockstep::cli
