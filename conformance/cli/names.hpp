// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/frame/candidates.hpp"

namespace lockstep::cli {

/// The protocols, variants, scenarios, questions, sizes, models and weakenings that may be named,
/// for a shell. It reads the files that list them, and no code and no specification: who presses
/// the key waits. What cannot be read has no names; the command itself says what is wrong.
std::vector<Candidate> names_there_are(const std::string& value, const Given& given);

}  // namespace lockstep::cli
