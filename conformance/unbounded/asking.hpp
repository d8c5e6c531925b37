// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <z3++.h>

namespace lockstep::unbounded {

/// How long the next checks may take: as many of Z3's own steps as it does in about that time, so
/// that a machine that is busy decides no less than one that is idle. Z3's timer is not used: in
/// 4.8.12 one that runs out while another thread's does corrupts the heap.
void limit(z3::solver& solver, unsigned milliseconds);

/// A check that was limited to so many milliseconds. Where a step takes long, as with products of
/// unknowns, it ends after eight times as many of the thread's own time.
z3::check_result check(z3::solver& solver, unsigned milliseconds);
/// ... that assumes these names: see Engine::invariant().
z3::check_result check(z3::solver& solver, unsigned milliseconds, const z3::expr_vector& names);

/// The same question to solvers that have seen no other: they are slower to begin with, but what
/// was asked before cannot lead them astray. One takes a wrong turn that another does not, so the
/// time goes to several, each with its own seed: every other one the bare core, which takes the
/// question as it is, the others with what Z3 makes of it first. The model is in `fresh`.
z3::check_result check_afresh(const z3::expr_vector& assertions, unsigned milliseconds,
                              z3::solver& fresh);

}  // namespace lockstep::unbounded
