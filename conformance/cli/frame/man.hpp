// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "cli/frame/tree.hpp"

namespace lockstep::cli {

/// The manual page of the program, in roff with the macros of man(7).
std::string man_page(const ProgramText& program);

}  // namespace lockstep::cli
