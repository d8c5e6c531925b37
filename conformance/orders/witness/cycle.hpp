// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "orders/encode/execution.hpp"
#include "orders/witness/cause.hpp"

namespace lockstep::orders {

/// An event of a cycle, and how it comes before the next one: by `po`, by a fence's name where the
/// model keeps the two in order for its sake, or by `rf`, `co` or `fr`.
struct CycleStep {
  int event;
  std::string to_next;
  int from = -1, to = -1;  ///< the step of the breach that this one is part of
  Cause cause = {};        ///< of `po`
};

/// The cycle of a breach as people draw it: the steps of its composed relations spelt out by
/// shortest ways in program order, rf, co and fr. Where there is no such way, the step is `...`.
std::vector<CycleStep> spelt_out(const Program& program, const Execution& execution,
                                 const std::vector<int>& cycle);

/// Finds the cause of each step in program order: what `judge`, the program whose orders the
/// execution breaks, has between the two. A fence gives its name to the step.
void find_causes(std::vector<CycleStep>& steps, const Program& judge, const Execution& execution,
                 const Breach& against);

/// Each step as a sentence. `stronger`, where there is one, is the program under whose orders there
/// is no such execution, with the same events: what it orders is said, and that it does so there.
std::vector<std::string> in_words(const Program& program, const Execution& execution,
                                  const std::vector<CycleStep>& steps, const Program* stronger,
                                  const Symbols& symbols);

/// `writer.Attach_SetRefcnt`
std::string name_of_event(const Program& program, int event);
/// `vm_refcnt[v1]`, with the values that the execution gives.
std::string cell_in(const Execution& execution, const CellTerm& cell, const Symbols& symbols);

}  // namespace lockstep::orders
