// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "machines/automaton_system.hpp"
#include "machines/protocol.hpp"
#include "pinned.hpp"
#include "unbounded/step.hpp"
#include "walk.hpp"

namespace lockstep::testing {

/// The steps that the prover's relation allows from a state of a model, beside those that the
/// site automata take with values.
class Relation {
 public:
  Relation(const std::string& size, const std::string& variant);
  /// The same machine against another relation: that of automata with a mistake in them.
  Relation(const std::string& size, const std::string& variant, const std::vector<Automaton>& open);

  /// Of another protocol.
  explicit Relation(std::unique_ptr<Model> model);

  AutomatonSystem& machine() { return machine_; }
  const World& world() const { return machine_.world(); }
  const std::vector<Pinned::Cell>& cells() const { return pinned_.cells(); }

  /// Everything that differs from the state on, in words; "" if nothing does.
  std::string difference(const State& state);
  /// One cell of it has another atom of its kind.
  void corrupt(State& state, std::mt19937_64& random);
  /// Steps that leave a page where it could go, which only the relation allows; by site.
  std::map<std::string, std::size_t> lingering;
  std::size_t states = 0, steps = 0, faults = 0, disabled = 0;

 private:
  Relation(std::unique_ptr<Model> model, const std::vector<Automaton>& open);
  z3::expr lingers(const unbounded::SymbolicStep& step, const Node& site) const;
  bool possible(const z3::expr& what);
  std::string at_task(const State& state, const World::Task& task, const std::vector<Taken>& taken);

  std::unique_ptr<Model> model_;
  AutomatonSystem machine_;
  std::vector<Automaton> open_;
  std::vector<unbounded::Way> ways_;
  z3::context context_;
  unbounded::Signature signature_;
  std::vector<unbounded::SymbolicStep> relation_;
  Pinned pinned_;
  unbounded::Structure before_;
  std::vector<std::vector<Atom>> stops_;
  z3::solver solver_;
};

}  // namespace lockstep::testing
