// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace lockstep::tla {

/// How tightly an operator of TLA+ binds: a range. Of two operators whose ranges overlap neither
/// comes first, and TLA+ asks for parentheses, unless it is the same one and it associates to the
/// left. (Lamport, Specifying Systems, table 6.)
struct Binding {
  int low, high;
  bool left = false;
};

/// Of an operator between, or before, its operands; null if it is none that is understood.
const Binding* infix(std::string_view symbol);
const Binding* prefix(std::string_view symbol);

constexpr bool tighter(const Binding& a, const Binding& b) {
  return a.low > b.high;
}

}  // namespace lockstep::tla
