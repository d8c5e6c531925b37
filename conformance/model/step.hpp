// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "model/atom.hpp"

namespace lockstep {

/// One step of a behaviour: the choices that a task makes and the site after them.
/// `site` and `task` are symbols, `args` the values chosen, in the order of the choices; they are
/// the parameters of the TLA+ action after its task: `Alloc_Slab(m1, s1, v2)`.
struct Step {
  static constexpr std::size_t max_args = 4;
  Atom site = 0;
  Atom task = 0;
  std::uint32_t arg_count = 0;
  std::array<Atom, max_args> args{};

  friend bool operator==(const Step&, const Step&) = default;
  friend auto operator<=>(const Step&, const Step&) = default;

  /// `Alloc_Slab(m1, s1, v2)`
  std::string text(const Symbols& symbols) const;
};

struct StepHash {
  std::size_t operator()(const Step& step) const;
};

}  // namespace lockstep
