// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "tla/module.hpp"
#include "tla/syntax.hpp"

namespace lockstep::tla {

struct Ground;

/// What `Abstract!Spec` says, where Abstract is an INSTANCE and its Spec `Init /\ [][Next]_vars`:
/// the variables of the instance's module are the state functions that stand for them.
struct Refinement {
  Expr start;  ///< of the state at the start: Init
  /// Of every step, the state after it by primed variables: UNCHANGED vars, or Next.
  Expr stays, next;
};

/// What Abstract is in the definition `Abstract!Spec` of a module. Throws InputError with the place
/// of what is no INSTANCE, or none that is understood.
const Instance& instance_of(const ModuleText& module, const Definition& refinement);

/// A property of this form, at one size. Throws InputError with the place of what is not
/// understood.
Refinement read_refinement(const Module& module, std::string_view property,
                           const Constants& constants, const Ground& ground);

}  // namespace lockstep::tla
