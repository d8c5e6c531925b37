// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tla/expression.hpp"
#include "unbounded/structure.hpp"

namespace lockstep::unbounded {

/// A set of tasks of one role that the specification counts: Cardinality({r \in Readers : ...}).
/// Solvers do not count; they are given a function, the ghost, that says how many there are, and
/// what is true of the number of members of any finite set.
struct CountedSet {
  tla::Expr definition;  ///< the Cardinality, its parameters as `bound` variables
  std::vector<std::string> parameters;
  std::vector<z3::sort> sorts;  ///< of the parameters
  z3::sort members;
  z3::func_decl count;
  std::set<std::size_t> functions;  ///< the locals that membership depends on
};

/// Expressions of the specification for the solver.
class Translator {
 public:
  /// `sets`: the sort of each constant set, Readers, Vmas.
  Translator(const Signature& signature, std::map<std::string, z3::sort> sets);

  using Scope = std::map<std::string, z3::expr>;

  /// How many members a counted set has, in one of the two states.
  using Counts = std::function<z3::expr(const CountedSet&, const std::vector<z3::expr>& arguments)>;
  struct States {
    const Structure& now;
    const Structure* after = nullptr;  ///< for what is primed
    Counts count;                      ///< in the state `now`
  };

  /// Throws InputError with the place in the module where the solver cannot be asked.
  z3::expr truth(const tla::Expr& expr, const States& states, const Scope& scope) const;
  /// Is a task a member of a counted set?
  z3::expr is_member(const CountedSet& set, const std::vector<z3::expr>& arguments,
                     const z3::expr& task, const Structure& state) const;

  /// All counted sets that have been met so far. Found while translating, so that nothing needs to
  /// declare them.
  const std::vector<CountedSet>& counted() const { return counted_; }

  z3::sort set_sort(const std::string& set, const tla::Place& place) const;
  bool is_truth(const tla::Expr& expr, const Scope& scope) const {
    const auto sort = sort_of(expr, scope);
    return sort && sort->is_bool();
  }

  /// The functions that what was translated since `forget()` asks about.
  const std::set<std::size_t>& asked() const { return asked_; }
  void forget() const { asked_.clear(); }

 private:
  Value value(const tla::Expr& expr, const States& states, const Scope& scope,
              const z3::sort* wanted) const;
  std::optional<z3::sort> sort_of(const tla::Expr& expr, const Scope& scope) const;
  /// Is it a string, which is a number to the solver alone?
  bool is_text(const tla::Expr& expr, const Scope& scope) const;
  z3::expr number(const tla::Expr& expr, const States& states, const Scope& scope) const;
  z3::expr equality(const tla::Expression& e, const States& states, const Scope& scope) const;
  z3::expr quantified(const tla::Expression& e, const States& states, const Scope& scope) const;
  z3::expr membership(const tla::Expression& e, const States& states, const Scope& scope) const;
  z3::expr cardinality(const tla::Expression& e, const States& states, const Scope& scope) const;
  std::size_t function_of(const tla::Expression& e, const Scope& scope) const;

  const Signature& sig_;
  std::map<std::string, z3::sort> sets_;
  mutable std::vector<CountedSet> counted_;
  mutable std::map<std::string, std::size_t> by_text_;
  mutable std::set<std::size_t> asked_;
};

}  // namespace lockstep::unbounded
