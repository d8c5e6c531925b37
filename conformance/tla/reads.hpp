// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <vector>

#include "tla/lower.hpp"

namespace lockstep::tla {

/// How a cell is looked at: it is asked whether its atom is in certain sets; or more.
struct Tests {
  bool more = false;
  std::vector<std::vector<Atom>> sets;

  bool tell_apart(Atom a, Atom b) const;
};

/// What an expression may read: by slot. A cell whose key depends on the state counts as every
/// cell that it may be.
struct Reads {
  std::vector<bool> state, after;
  std::map<std::size_t, Tests> state_tests, after_tests;  ///< of the slots that are read
  /// Is a slot that the VIEW hides (Slot::relative_to) read otherwise than to ask whether it is
  /// equal to the one that it is set against? Two states of one view may differ in that.
  bool beside_view = false;
};

Reads reads_of(const Lowered& lowered, NodeId root, const Layout& layout);

}  // namespace lockstep::tla
