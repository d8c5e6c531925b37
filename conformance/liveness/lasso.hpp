// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "liveness/graph.hpp"

namespace lockstep::liveness {

/// A behaviour without end, as edges of a graph: those of the stem from node 0 on, then those of
/// the loop again and again. Without a loop it stays for ever where the stem ends.
struct Lasso {
  std::vector<std::uint64_t> stem, loop;
};

/// A fair behaviour that violates the clause; none if there is none.
std::optional<Lasso> find_lasso(const Graph& graph, const std::vector<Fair>& fair,
                                const Clause& clause);

}  // namespace lockstep::liveness
