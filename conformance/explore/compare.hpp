// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "machines/system.hpp"
#include "model/graph.hpp"

namespace lockstep {

/// Where the specification and the reference differ: at the end of a shortest common behaviour.
struct Difference {
  enum class Kind {
    initial,    ///< they do not start in the same state
    only_spec,  ///< the specification enables a step that the reference does not
    only_reference,
    leads_elsewhere,  ///< both take the step, to different states
    fault,            ///< the reference does what no task may do
  };
  Kind kind = Kind::initial;
  std::vector<State> states;  ///< the common behaviour, as the reference ran it
  std::vector<Step> steps;
  Step step;                                      ///< where they differ
  std::string detail;                             ///< of a fault
  std::vector<Step> spec_steps, reference_steps;  ///< all that each enables there
  State spec_after, reference_after;              ///< empty where there is none
};

std::string_view name_of(Difference::Kind kind);

struct ComparisonResult {
  std::uint64_t states = 0, transitions = 0;  ///< of the specification's graph that were compared
  double seconds = 0;                         ///< stepping the reference included
  std::optional<Difference> difference;
};

/// Equality of two labelled graphs: for every state of the specification's graph, the reference's
/// enabled steps are the specification's, and each leads to the same state, under the VIEW. The
/// graph is walked breadth first with the reference beside it.
/// `layout`: the one that the graph was read with; it extends the system's own.
ComparisonResult compare(const LabelledGraph& spec, const Layout& layout, System& reference,
                         const std::function<void(std::uint64_t states)>& on_progress = {});

}  // namespace lockstep
