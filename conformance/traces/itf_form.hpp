// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "traces/json_tree.hpp"

namespace lockstep {

/// What a value of a state is, for one who wrote it: "a record", "a function", "a name in quotes";
/// what the tool that wrote it gave up on is called so.
std::string form_of(const JsonTree& value);

/// Is it a name that model-based testing adds beside the specification's variables
/// (`mbt::actionTaken`, `mbt::nondetPicks`)? It is no part of a state.
bool is_beside_the_state(std::string_view variable);

}  // namespace lockstep
