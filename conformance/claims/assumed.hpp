// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "machines/protocol.hpp"
#include "tla/module.hpp"

namespace lockstep {

/// Holds what the module, and all that it extends, ASSUMEs of the constants against those of the
/// model, as TLC does before it looks at any state. Throws InputError with the place of an
/// assumption that is false at this size and of this variant, and of one that is not understood.
void hold_assumptions(const tla::Module& module, const Model& model);

}  // namespace lockstep
