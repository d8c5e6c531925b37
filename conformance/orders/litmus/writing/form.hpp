// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "orders/litmus/writer.hpp"
#include "orders/litmus/writing/possible_values.hpp"
#include "orders/program/event.hpp"

namespace lockstep::orders::litmus::writing {

[[noreturn]] void unwritable(const Program& program, const Event& event, const std::string& what);

/// A number that a task cannot know: it reads it at its start from a variable of its own, which
/// one more task sets to one of the others while nobody is ordered against it.
struct Guess {
  int thread = 0;
  std::string name;  ///< of the variable in terms
  std::vector<Atom> values;
  std::string why;  ///< for the comment
};

/// How a read-modify-write is said.
struct Primitive {
  enum class Kind { exchange, fetch, compare, unless };
  Kind kind = Kind::exchange;
  std::string operation;  ///< of `fetch`: add, sub, and, or, xor
  Term operand;           ///< what is written, or added
  Term expected;          ///< of `compare`: what must stand there; of `unless`: must not
};

/// A program in a form that C can say:
/// - A choice that follows from what was read is replaced by that; another one is a guess.
/// - A condition on which nothing may depend, since both ways go on alike, is guessed, and
///   executions in which the guess is wrong are left out by an assumption.
/// - A read-modify-write that succeeds for more than one value is a compare-and-exchange with a
///   guess of the value, as in the last round of a loop.
struct Form {
  Program program;
  std::vector<Guess> guesses;
  std::map<int, Primitive> primitives;  ///< by read half
  std::map<int, Term> flags;  ///< reads of `unless`: the call says only whether this one was there
  /// Conditions around an event, outermost first: it depends on all that flows into them.
  std::map<int, std::vector<Term>> around;
};

Form form_of(const Program& program);

/// Values of the choices that a program has, as its terms compare them. Throws Unwritable.
PossibleValues::Domains domains_of(const Program& program);

/// Replaces the choices between ways of which at most one is open. Edges of unrolled tasks.
void decide_edges(Program& program);

/// Finds the words for all read-modify-writes; may add guesses and assumptions.
void say_primitives(Form& form);

/// The guess for a variable of this name, which is made where there is none.
Term guess(Form& form, int thread, const std::string& name, const std::string& why,
           std::vector<Atom> values);

}  // namespace lockstep::orders::litmus::writing
