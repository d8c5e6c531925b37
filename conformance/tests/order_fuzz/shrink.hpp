// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "tests/order_fuzz/generator.hpp"

namespace lockstep::orders::fuzz {

/// A test that still `fails`, and does so no longer whatever else is taken out of it: a thread, a
/// statement, an `if`, a dependency, an order, a part of the question.
Test shrink(Test test, const std::function<bool(const Test&)>& fails);

/// How many statements it has.
std::size_t size_of(const Test& test);

}  // namespace lockstep::orders::fuzz
