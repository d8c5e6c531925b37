// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liveness/judge.hpp"
#include "tests/process.hpp"
#include "tla/spec_system.hpp"

namespace lockstep::testing {

/// A module Toy in a directory of its own. Its variables: the numbers x, y of the object z1, which
/// `X`, `Y` read and `SetX(e)`, `SetY(e)` write; n of s1 and s2; pc of w1 and w2. All numbers are 0
/// at the start, both tasks are at "a". The units define Next, and what is asked for by name.
class Toy {
 public:
  explicit Toy(std::string_view units);

  std::unique_ptr<System> system() const;
  liveness::Source source(const std::vector<std::string>& properties,
                          const std::string& fairness = "Fairness",
                          const std::string& view = "") const;
  /// What the engine says of P under Fairness: "holds", "violated", or the error without the file:
  /// "14:6: ...".
  std::string engine(const std::string& view = "") const;
  /// What TLC says.
  std::string tlc(const std::string& view = "") const;

 private:
  Scratch scratch_;
  std::unique_ptr<tla::Module> module_;
};

/// Where a behaviour is none of the specification's, or not fair, or does not violate the clause;
/// "" if it is a counterexample. By what the words of the formulas mean, not by a graph.
std::string no_counterexample(System& system, const liveness::Source& source,
                              const liveness::Violation& violation);

}  // namespace lockstep::testing
