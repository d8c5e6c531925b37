// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "orders/execution.hpp"

namespace lockstep::orders {

/// An event of a cycle, and how it comes before the next one: by `po`, by a fence's name where one
/// stands between, or by `rf`, `co` or `fr`.
struct CycleStep {
  int event;
  std::string to_next;
};

/// The cycle of a breach as people draw it: the steps of its composed relations spelt out by
/// shortest ways in program order, rf, co and fr. Where there is no such way, the step is `...`.
std::vector<CycleStep> spelt_out(const Program& program, const Execution& execution,
                                 const std::vector<int>& cycle);

}  // namespace lockstep::orders
