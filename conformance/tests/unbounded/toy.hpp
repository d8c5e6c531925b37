// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "machines/world.hpp"
#include "model/automaton.hpp"
#include "unbounded/prove.hpp"

namespace lockstep::testing {

/// The smallest protocol that counts: users enter a box of their choice, which counts them, and
/// leave it. A test changes its automaton, and what is to be shown.
struct Toy {
  enum Node : std::uint32_t { idle, enter, leave };
  enum Edge : std::size_t { chooses, enters, leaves };

  /// `values`: names of no object that there are besides Null.
  explicit Toy(std::vector<std::string> values = {"Again"});
  std::unique_ptr<World> world;
  Automaton user;
  std::vector<std::string> conjuncts, properties, actions, assumptions, possible;

  /// Every box counts those who are in it; and who is in one knows in which.
  static const char* const counted;
  static const char* const somewhere;

  unbounded::Question question() const;
  unbounded::Proof prove(unbounded::Options options = {}, unbounded::Shown* shown = nullptr) const;
  /// "PROVED", or the first failure: "NOT INDUCTIVE: Leave -> Idle, C1"; C1 is the first conjunct,
  /// P1 the first property. Or what is refused.
  std::string verdict() const;
};

}  // namespace lockstep::testing
