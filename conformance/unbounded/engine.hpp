// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "unbounded/prove.hpp"
#include "unbounded/step.hpp"
#include "unbounded/translate.hpp"

namespace lockstep::unbounded {

using Constants = std::vector<std::pair<std::string, z3::expr>>;

/// A part of what is to be shown, with constants in the place of what all are spoken of. It is
/// shown when its denial contradicts what is known.
struct Goal {
  z3::expr_vector denial;
  Constants constants;         ///< the task, what it chose, and whom the goal speaks of
  std::set<std::size_t> asks;  ///< the functions that it depends on
};

/// A question as terms of one solver context: for any number of objects, or for a few.
class Engine {
 public:
  Engine(const Question& question, unsigned objects);

  const Question& question() const { return question_; }
  const std::vector<Way>& ways() const { return ways_; }
  const Signature& signature() const { return signature_; }
  /// Ends the query that is being asked, from any thread: it becomes unknown.
  void interrupt() { context_.interrupt(); }

  /// A solver that knows what is true of every state, and of the parameters.
  z3::solver solver();
  /// Lets it know the invariant too, but for the conjunct `without`.
  void assume_invariant(z3::solver& solver, const std::optional<std::string>& without);
  /// What is true of every finite set that the invariant counts.
  void assume_facts_of_counts(z3::solver& solver);
  /// Its conjuncts but `without`, each with a name: who lets a solver know them by their names is
  /// told by the core which of them were needed.
  struct NamedTerms {
    z3::expr_vector names, terms;
  };
  NamedTerms invariant(const std::optional<std::string>& without);
  NamedTerms no_invariant() { return {z3::expr_vector(context_), z3::expr_vector(context_)}; }
  /// ... that a step goes along the way.
  void assume_step(z3::solver& solver, std::size_t way);
  /// True of any finite set, too: if the number of its members is not 0, there is one. Of the sets
  /// that the goal counts; few goals need it, and others take longer by it.
  z3::expr_vector who_is_counted(const Goal& goal) const;
  /// ... and how many members every counted set has. Only of few objects.
  void count(z3::solver& solver) const;
  /// Is anything counted? Of any number of objects the solver knows no more than what is true of
  /// every finite set: its state may be none.
  bool counts() const { return !translator_.counted().empty(); }

  std::vector<Goal> initially(const Named& conjunct);
  std::vector<Goal> follows(const Named& property);
  /// After the step along the way. A part that no write of the step can touch is left out.
  std::vector<Goal> kept(std::size_t way, const Named& conjunct);
  /// Of the states before and after it.
  std::vector<Goal> done(std::size_t way, const Named& action);
  /// What the step must not do, each with its name.
  std::vector<std::pair<std::string, Goal>> no_fault(std::size_t way);

  // ---- Expressions of some objects, for views ----

  /// `way`: in the state after its step; none: before any.
  z3::expr says(const tla::Expr& expr, const Translator::Scope& scope,
                std::optional<std::size_t> way);
  z3::expr equals(const tla::Expr& expr, Atom value, const Translator::Scope& scope,
                  std::optional<std::size_t> way);
  z3::sort set_sort(const std::string& set) const { return translator_.set_sort(set, {}); }
  const SymbolicStep& step(std::size_t way) const { return steps_[way]; }
  /// The step of another task, from the same state.
  const SymbolicStep& other(std::size_t way);
  const Structure& before() const { return before_; }

  /// The state before the step, in words; or the initial one.
  std::string describe(const z3::model& model, const Constants& constants) const;
  std::string describe_start(const z3::model& model, const Constants& constants) const;

 private:
  struct CountsAfter;
  Goal empty() { return {z3::expr_vector(context_), {}, {}}; }
  void split(const tla::Expr& says, const Translator::States& states, Translator::Scope scope,
             Goal given, std::vector<Goal>& out);
  z3::expr_vector facts_of_counts() const;
  void name_counts();
  void state_premises();
  /// The only object of the sort, where there is exactly one.
  std::optional<z3::expr> only(const z3::sort& sort) const;
  Constants with(std::size_t way, const Constants& constants) const;
  /// What it says of a state, in parts.
  void tell(z3::expr_vector& out, const tla::Expr& says);

  Question question_;
  z3::context context_;
  std::vector<Way> ways_;
  Signature signature_;
  Translator translator_;
  Structure before_;
  std::vector<SymbolicStep> steps_;
  std::vector<std::optional<SymbolicStep>> others_;
  std::vector<z3::expr> only_;                ///< of each sort of which there is exactly one object
  std::vector<z3::expr> premises_;            ///< that say so
  std::vector<std::string> names_of_counts_;  ///< of the translator's counted sets; "" = none
};

}  // namespace lockstep::unbounded
