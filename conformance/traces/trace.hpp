// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/layout.hpp"
#include "model/step.hpp"

namespace lockstep {

/// Of which model a behaviour is. What its states hold follows from that.
struct TraceSubject {
  std::string protocol;
  std::string variant;
  std::string size;  ///< `2x2x2`

  friend bool operator==(const TraceSubject&, const TraceSubject&) = default;
};

/// One behaviour: states and the steps between them. A lasso has one more step, from the last
/// state to state `loop`.
struct Trace {
  TraceSubject subject;
  std::vector<State> states;
  std::vector<Step> steps;  ///< steps[i] leads into states[i + 1]
  std::optional<std::size_t> loop;
  /// Steps that a file does not name, as other tools leave them out; see explore/infer.hpp.
  std::vector<std::size_t> unnamed = {};

  friend bool operator==(const Trace&, const Trace&) = default;
};

}  // namespace lockstep
