// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "orders/program/event.hpp"

namespace lockstep::orders::litmus::writing {

/// Calls `f` for each variable of a term; of null for none.
void each_variable(const Term& t, const std::function<void(const TermNode&)>& f);
bool mentions(const Term& t, int event);  ///< the value that this event reads

/// `a /\ (b /\ c)` as {a, b, c}; of null or true, nothing.
std::vector<Term> conjuncts(const Term& t);
std::vector<Term> disjuncts(const Term& t);
bool contains(const std::vector<Term>& terms, const Term& t);

/// Rebuilds a term from its leaves; `f` gives another term for a node, or null to keep it.
Term rewrite(const Term& t, const std::function<Term(const Term&)>& f);
/// Replaces every term of a program.
void rewrite(Program& program, const std::function<Term(const Term&)>& whole_term);

/// The same condition where all of `known` hold: what they decide is left out.
Term simplified(const Term& t, std::vector<Term> known = {});

}  // namespace lockstep::orders::litmus::writing
