// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utility>
#include <vector>

#include "model/layout.hpp"
#include "tla/action.hpp"
#include "tla/evaluate.hpp"

namespace lockstep::tla {

/// Gives every string and model value of what was read an atom. It has to be done before anything
/// is compiled: an evaluator compiles anew where names have come.
void intern(const Expr& e, Symbols& symbols);
void intern(const ActionTree& tree, Symbols& symbols);

/// The value in a state, or on a step. Where TLC would stop with an error, the specification is
/// what is wrong: throws InputError with the place.
Atom value_of(const Evaluator& evaluate, Evaluator::Handle expression, const Atom* state,
              const Atom* after = nullptr);

/// What an action does, compiled for the states of a world.
class CompiledAction {
 public:
  CompiledAction(const ActionTree& tree, Evaluator& evaluate, const Layout& layout);

  /// What is called for each state that is found; as long as what it was made of is there.
  class Found {
   public:
    template <class F>
    Found(const F& f)  // NOLINT: a lambda is given where this is asked for
        : object_(&f), call_([](const void* of) { (*static_cast<const F*>(of))(); }) {}
    void operator()() const { call_(object_); }

   private:
    const void* object_;
    void (*call_)(const void*);
  };

  /// Calls found() for every state that it may lead to from `before`, each once. That state is in
  /// `after`, which has as many atoms as `before` and is not it.
  void each(const Evaluator& evaluate, const State& before, State& after, Found found) const {
    std::vector<State> reached;
    take(way_, evaluate, before, after, reached, found);
  }

 private:
  using Compiled = Evaluator::Handle;
  /// Where a task has to stand for anything to come of a way: a slot, and by symbol whether it may
  /// hold it. It spares the guards of the many that a task's place rules out.
  struct Stand {
    std::size_t slot = 0;
    std::vector<bool> may;
  };
  struct Way {  ///< an ActionTree, compiled
    std::vector<Stand> stands;
    std::vector<Compiled> guards;
    ActionTree::Kind kind = ActionTree::Kind::either;
    Compiled condition = 0;
    std::vector<Way> next;
    std::vector<std::pair<std::size_t, Compiled>> assignments;  ///< slot and value
  };

  static Way compiled(const ActionTree& tree, Evaluator& evaluate, const Layout& layout);
  static bool branches(const Way& way);
  static std::vector<Stand> stands(const ActionTree& tree, const Layout& layout);
  static bool is_ruled_out(const Way& way, const State& before);

  void take(const Way& way, const Evaluator& evaluate, const State& before, State& after,
            std::vector<State>& reached, const Found& found) const;

  Way way_;
  bool branches_ = false;  ///< two ways of it may lead to one state
};

}  // namespace lockstep::tla
