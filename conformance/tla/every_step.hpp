// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tla/syntax.hpp"

namespace lockstep::tla {

/// A property of steps is understood as `[][A]_vars`, where A is the name of a definition and vars
/// that of the tuple of all variables: under another subscript a step may do what A forbids, as
/// long as the subscript stays. Throws InputError with the place for a definition of another form
/// that begins with `[][`.
void check_every_step(const ModuleText& module, const Definition& definition);

}  // namespace lockstep::tla
