// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "unbounded/structure.hpp"

namespace lockstep::unbounded {

/// The state in which everything starts, whatever there is: every object of a kind is alike, and so
/// is every task of a role.
Structure initial(const Signature& signature, const std::vector<Automaton>& automata);

}  // namespace lockstep::unbounded
