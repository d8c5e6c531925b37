// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "unbounded/engine.hpp"

namespace lockstep::unbounded {

struct Prover::Rooms {
  explicit Rooms(const Question& question) : any(question, 0), question_(question) {}

  Engine any;  ///< any number of objects

  struct Small {
    Small(const Question& question, unsigned objects, const std::optional<std::string>& without)
        : engine(question, objects), known(engine.solver()) {
      engine.assume_invariant(known, without);
    }
    Engine engine;
    z3::solver known;
  };
  /// With so many objects of each sort, made when it is first needed.
  Small& small(unsigned objects, const std::optional<std::string>& without) {
    if (without != without_) {
      counted_ = {};
      small_ = {};
    }
    without_ = without;
    auto& one = small_.at(objects - 1);
    if (!one) one = std::make_unique<Small>(question_, objects, without);
    return *one;
  }
  /// What is known there, and of every counted set how many members it has: so a state that is
  /// found is one, and none that only the solver takes for one.
  z3::solver& counted(unsigned objects, const std::optional<std::string>& without) {
    Small& of = small(objects, without);
    auto& one = counted_.at(objects - 1);
    if (!one) {
      one = of.engine.solver();
      of.engine.assume_invariant(*one, without);
      of.engine.count(*one);
    }
    return *one;
  }
  static constexpr unsigned most = 3;

 private:
  const Question& question_;
  std::optional<std::string> without_;
  std::array<std::unique_ptr<Small>, most> small_;
  std::array<std::optional<z3::solver>, most> counted_;
};

/// Adds what a state must be besides one of the invariant.
using Adds = std::function<void(Engine&, z3::solver&)>;
/// Is there such a state? One of few objects is looked for first, where it is easily found; that
/// there is none must be true of any number.
Allowed find(Prover::Rooms& rooms, const Options& options, const Adds& add);

}  // namespace lockstep::unbounded
