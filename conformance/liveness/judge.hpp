// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "liveness/behaviour.hpp"

namespace lockstep::liveness {

/// A fair behaviour that violates a property.
struct Violation {
  std::string property;
  tla::Place place;   ///< of the part of it that is violated
  std::string bound;  ///< for which objects: "r = r1"
  Behaviour behaviour;
  std::vector<std::size_t> slots;  ///< the cells that show it, in the last state
};

struct Result {
  std::uint64_t states = 0, transitions = 0;
  double graph_seconds = 0, seconds = 0;  ///< of the graph alone; in all
  std::vector<std::string> violated;      ///< all properties that are, in their order
  std::optional<Violation> violation;     ///< of the first of them
};

/// Looks for fair behaviours of a specification that violate its properties, in the graph of all
/// its states. Throws InputError with the place of what is not understood.
Result judge(System& system, const Source& source,
             const std::function<void(std::uint64_t)>& on_progress = {});

}  // namespace lockstep::liveness
