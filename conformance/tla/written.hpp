// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "tla/syntax.hpp"

namespace lockstep::tla {

/// What is written, on one line; for people: with more parentheses than it was written with.
std::string written(const Node& node);

}  // namespace lockstep::tla
