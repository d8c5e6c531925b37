// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "orders/litmus/source.hpp"
#include "orders/litmus/syntax.hpp"
#include "orders/program/builder.hpp"

namespace lockstep::orders::litmus {

/// A value that is computed, and where.
struct Computed {
  Term term;
  Place place;
};

/// What the threads of a test have in common while they are translated.
class Context {
 public:
  Context(Test& made, const Source& from) : test{made}, source{from} {}

  Test& test;
  const Source& source;
  std::map<std::string, int> arrays;  ///< number of elements
  std::set<std::string> variables;    ///< of memory: initialised, or a parameter somewhere
  std::vector<Computed> computed;     ///< with what is read
  bool beyond = false;                ///< there are numbers that stand for themselves alone

  Program& program() { return test.program; }
  /// A number as it stands in the text. One that is beyond what the judge computes with stands for
  /// itself alone, as a name does.
  Term number(long value);
  /// The number that a constant is; nothing where it is an address, or no constant.
  std::optional<long> number_of(const Term& t) const;
  Term address(const std::string& name) { return term::constant(test.symbols.intern(name)); }
  /// The cell of a variable, or of an element where it is an array.
  CellTerm cell(const std::string& name, const Term& index = nullptr) {
    return {"", "", address(name), index};
  }
  /// Every statement and expression that is carried out comes here.
  void step(Place place);
  /// The same term, unless it has grown beyond all bounds.
  Term bounded(Term t, Place place);
  /// A variable of a thread that is read, and that nothing declares, gives or assigns: it is 0.
  void note_unassigned(int thread, const std::string& name);
  void check_events(Place place) const;
  /// Index of a site whose order is asked for.
  int open(const std::string& site, Kind kind, Place place);

 private:
  std::size_t parts(const Term& t);
  int steps_ = 0;
  std::unordered_map<const TermNode*, std::pair<Term, std::size_t>> parts_;
  std::map<Atom, long> numbers_;  ///< that stand for themselves alone
};

/// The variables of a thread when it has ended.
using Registers = std::map<std::string, Term>;

/// Appends the events of one thread; `registers` are those that have a value before it begins.
Registers translate(const Thread& thread, Registers registers, Context& context);

/// A condition on registers and last values, as a term.
Term translate(const Condition& condition, const std::vector<Registers>& registers,
               Context& context);

}  // namespace lockstep::orders::litmus
