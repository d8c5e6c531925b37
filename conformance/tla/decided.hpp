// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tla/lower.hpp"

namespace lockstep::tla {

/// A cell of which something is known: what is in it, in the state, in the state after; or that the
/// step leaves it as it is.
struct KnownCell {
  enum class Of : std::uint8_t { state, after, stays };
  Of of = Of::state;
  std::size_t slot = 0;
  Atom value = 0;
};

/// Does the expression hold wherever this is known, whatever is in the other cells? False where
/// that alone does not tell, and where TLC might stop with an error.
bool holds_by(const Lowered& lowered, NodeId root, const KnownCell& known);

}  // namespace lockstep::tla
