// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "model/layout.hpp"
#include "tla/expression.hpp"

namespace lockstep::tla {

/// Truth values and numbers are the same atoms: throws InputError if a slot may be given a value of
/// another sort than it holds.
void check_sort(const Expr& value, const Layout& layout, const Slot& slot);

}  // namespace lockstep::tla
