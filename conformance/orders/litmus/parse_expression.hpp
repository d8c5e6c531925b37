// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "orders/litmus/cursor.hpp"

namespace lockstep::orders::litmus {

/// An expression of C; the names that occur in it, also of functions, are added to `names`.
ExprPtr parse_expression(Cursor& cursor, std::set<std::string>& names);
/// The same without the comma operator.
ExprPtr parse_assignment(Cursor& cursor, std::set<std::string>& names);

}  // namespace lockstep::orders::litmus
