// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "orders/program/question.hpp"

namespace lockstep::orders {

/// Throws InputError, with file, question and task, for a role, site, way, local, choice or cell
/// that the question names and the automata lack.
void check_names(const Question& question, const Automata& automata);

}  // namespace lockstep::orders
