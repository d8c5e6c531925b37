// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "machines/system.hpp"
#include "tla/compiled_action.hpp"
#include "tla/temporal.hpp"

namespace lockstep::liveness {

/// Fairness of an action, as what is asked of states and of steps: numbers of questions.
struct Fair {
  bool strong = false;
  std::size_t enabled = 0;  ///< of a state
  std::size_t taken = 0;    ///< of a step
  std::string bound;
  tla::Place place;
};

/// A tla::LiveClause, as numbers of questions.
struct Clause {
  std::string property;
  std::optional<std::size_t> from, stays;             ///< of states
  std::vector<std::size_t> always, again;             ///< of states
  std::vector<std::size_t> never_steps, again_steps;  ///< of steps
  std::string bound;
  tla::Place place;
};

/// Where the questions come from.
struct Source {
  const tla::Module& module;
  std::vector<std::pair<std::string, std::string>> constants;  ///< as Model::constants() has them
  std::string fairness;                                        ///< a definition; "": none
  std::vector<std::string> properties;                         ///< definitions
  std::string view;  ///< a definition; "": states are told apart by all they are
};

/// What liveness asks of the states and the steps of a specification, compiled. Not for several
/// threads at once.
class Asked {
 public:
  /// Throws InputError with the place of what is not understood.
  Asked(const World& world, const Source& source);

  const std::vector<Fair>& fair() const { return fair_; }
  const std::vector<Clause>& clauses() const { return clauses_; }
  std::size_t of_states() const { return states_.size() + actions_.size(); }
  std::size_t of_steps() const { return steps_.size() + actions_.size(); }

  /// Answers every question of a state. Throws InputError where TLC would stop with an error.
  void look(StateView state);
  bool of_state(std::size_t question) const { return answers_[question]; }
  /// A question of the step from the state that was looked at last.
  bool of_step(std::size_t question, StateView after) const;
  /// What the VIEW shows of a state; as many atoms for each.
  const State& view(StateView state);
  /// By slot: does the VIEW not show the cell itself, but at most what is computed of it?
  std::vector<bool> hidden() const;
  /// The cells that decide a question of a state: where it is a predicate, not whether an action is
  /// enabled.
  std::vector<std::size_t> slots_read(std::size_t question, StateView state) const;
  /// A question of a state in words, for what two states of one VIEW differ in.
  std::string text_of_state(std::size_t question) const;

 private:
  using Slots = std::vector<std::size_t>;
  struct StateQuestion {
    tla::Evaluator::Handle holds;
    std::string text;
  };
  struct StepQuestion {
    tla::Evaluator::Handle holds;
    Slots changes;
  };
  struct Action {
    tla::CompiledAction does;
    Slots changes;
    std::string text;
    std::vector<State> leads_to;  ///< from the state that was looked at last, by <<A>>_v
  };
  struct Seen {  ///< a value of the VIEW: a cell, or what is computed
    std::optional<std::size_t> slot;
    tla::Evaluator::Handle value = 0;
  };

  std::size_t add(const tla::Expr& state, const tla::Place& place, const std::string& bound);
  std::size_t add(const tla::StepCondition& step);
  void add(const tla::LiveClause& clause, const std::string& property);
  void see(const tla::Expr& value);
  Slots slots_of(const std::vector<std::string>& variables) const;
  static bool differ(const Slots& slots, const State& before, StateView after);

  World world_;
  tla::Evaluator evaluate_;
  std::vector<StateQuestion> states_;  ///< then, for each action: is it enabled?
  std::vector<StepQuestion> steps_;    ///< then, for each action: is it taken?
  std::vector<Action> actions_;
  std::vector<Fair> fair_;
  std::vector<Clause> clauses_;
  std::vector<Seen> seen_;
  bool has_view_ = false;
  State state_, after_, shown_;
  std::vector<bool> answers_;
};

}  // namespace lockstep::liveness
