// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "tla/expression.hpp"

// Expressions of expressions. What constants decide is decided: `"a" = "b"` is FALSE, FALSE /\ p
// is FALSE, 2 + 3 is 5. Throws InputError where TLC would: "a" = 1, TRUE + 1, 1 /\ p.
namespace lockstep::tla {

Expr make_boolean(bool value, const Place& place);
Expr make_integer(std::int64_t value, const Place& place);
Expr make_named(Form form, const std::string& name, const Place& place);

/// Is it TRUE, is it FALSE?
bool is_true(const Expr& e);
bool is_false(const Expr& e);

Expr make_not(const Expr& e, const Place& place);
Expr make_and(const std::vector<Expr>& args, const Place& place);
Expr make_or(const std::vector<Expr>& args, const Place& place);
Expr make_implies(const Expr& a, const Expr& b, const Place& place);
Expr make_equal(const Expr& a, const Expr& b, const Place& place);
/// <=>: of truth values alone.
Expr make_equivalent(const Expr& a, const Expr& b, const Place& place);
/// `form`: less, less_equal, add, subtract, multiply, modulo.
Expr make_arithmetic(Form form, const Expr& a, const Expr& b, const Place& place);
/// The condition is not a constant.
Expr make_if(const Expr& condition, const Expr& then, const Expr& otherwise, const Place& place);
Expr make_member(const Expr& e, const std::string& set, const Place& place);
/// `form`: for_all, exists, cardinality.
Expr make_over(Form form, const std::string& variable, const std::string& set, const Expr& body,
               const Place& place);

/// Refuses what is no truth value for certain.
void check_boolean(const Expr& e);

}  // namespace lockstep::tla
