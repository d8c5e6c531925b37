// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "tla/syntax.hpp"

namespace lockstep::tla {

/// Reads the units of a module into `module`, whose name and file are set; gives the names of what
/// it extends. A unit begins in column 1. A definition that is not understood keeps the error.
std::vector<Token> read_units(std::string_view text, ModuleText& module);

}  // namespace lockstep::tla
