// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "machines/world.hpp"
#include "tla/expression.hpp"

namespace lockstep::tla {

/// Evaluates expressions on the states of a world, as TLC would. Truth values are 0 and 1. An
/// expression is compiled when it is first seen. Not for several threads at once.
class Evaluator {
 public:
  /// `sets`: the members of every constant set; `parameters`: the values of those that stayed open.
  Evaluator(const World& world, std::map<std::string, std::vector<Atom>> sets,
            std::map<std::string, Atom> parameters);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;

  /// `after` may be null where nothing is primed. Throws std::runtime_error where TLC would stop
  /// with an error: a function applied outside of its domain, arithmetic on a name.
  Atom operator()(const Expr& expr, const Atom* state, const Atom* after = nullptr) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace lockstep::tla
