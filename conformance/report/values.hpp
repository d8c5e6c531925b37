// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/layout.hpp"

namespace lockstep::report {

/// The value of a slot as the specification writes it: 3, TRUE, v1, "Lookup_Walk".
std::string value_text(const Layout& layout, std::size_t slot, Atom value);

/// The slots in which two states differ, in the order of the layout.
std::vector<std::size_t> changed(StateView before, StateView after);

}  // namespace lockstep::report
