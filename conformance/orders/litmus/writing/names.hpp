// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "orders/litmus/writing/form.hpp"

namespace lockstep::orders::litmus::writing {

/// A variable of the test: a cell of the program.
struct Variable {
  std::string name;
  std::string field;
  std::optional<Atom> object, index;
  Atom initial = 0;
  bool domain = false;  ///< of SRCU
  bool spinlock = false;
};

/// What everything is called in the test.
class Names {
 public:
  Names(const Form& form, const Symbols& symbols);

  const std::vector<Variable>& variables() const { return variables_; }
  /// Those that a cell may be where `guard` holds; all where its object is not known.
  std::vector<const Variable*> candidates(const CellTerm& cell, const Term& guard = nullptr) const;
  /// Does the cell never name anything but them?
  bool only_candidates(const CellTerm& cell, const Term& guard) const;
  /// A number as it is; a name as a number above all others.
  std::string number(Atom atom) const;
  /// `v1 = 101`, for the comment.
  std::vector<std::string> legend() const;
  /// `vm_refcnt_v1`, of the last value that stands for it.
  const std::string& variable_of_final(const std::string& name) const { return finals_.at(name); }
  bool is_final(const std::string& name) const { return finals_.contains(name); }
  /// A name for a variable that the program does not have.
  std::string fresh(const std::string& wanted);

 private:
  void add(const Event& e);
  void count(const Term& t);

  const Form& form_;
  const Symbols& symbols_;
  PossibleValues possible_;
  std::vector<Variable> variables_;
  std::set<std::string> taken_;
  std::map<std::string, std::string> finals_;
  std::set<Atom> symbols_used_;
  long most_ = 9;  ///< no number of the program is larger
};

}  // namespace lockstep::orders::litmus::writing
