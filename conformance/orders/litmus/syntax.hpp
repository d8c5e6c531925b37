// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "orders/litmus/source.hpp"

namespace lockstep::orders::litmus {

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

/// An expression of C, as it stands there; casts are left out.
struct Expr {
  enum class Kind {
    number,
    name,
    unary,  ///< `text` is the operator; `++` and `--` come before the operand
    after,  ///< `++` or `--` after the operand
    binary,
    conditional,  ///< ? :
    assign,       ///< `text` is `=`, `+=` and so on
    index,        ///< a[i]
    call          ///< `text` is the function
  };
  Kind kind = Kind::number;
  Place place;
  std::string text;
  long number = 0;
  std::vector<ExprPtr> args;
  int depth = 1;
};

struct Statement {
  enum class Kind { expression, declaration, compound, choice, loop, loop_after };
  Kind kind = Kind::expression;
  Place place;
  /// `if`: condition; loops: condition (null = none) and step; declaration: the initial value.
  ExprPtr condition, step;
  std::string name;             ///< that is declared
  std::vector<Statement> body;  ///< of `if`: then
  std::vector<Statement> otherwise;
};

struct Thread {
  int number = 0;
  Place place;
  std::vector<std::string> parameters;
  std::set<std::string> atomics;  ///< parameters that point to an atomic type of C11
  std::set<std::string> names;    ///< that occur in it, also of functions
  std::vector<Statement> body;
};

/// A value that is known before the test begins, or that a condition names.
struct Value {
  Place place;
  long number = 0;
  std::string address;  ///< of this variable, where it is not a number
};

struct Initial {
  Place place;
  int thread = -1;  ///< of a register; else of memory
  std::string name;
  std::optional<long> elements;  ///< of an array
  bool element = false;          ///< `name[elements]` alone is given a value
  std::vector<Value> values;     ///< one, or those of an array; may be fewer
};

/// What a condition compares: a register, or the last value in memory.
struct Observable {
  Place place;
  int thread = -1;
  std::string name;
  std::optional<long> index;
};

struct Condition {
  enum class Kind { truth, compare, both, either, negation };
  Kind kind = Kind::truth;
  Place place;
  bool positive = true;  ///< truth: true or false; compare: = or !=
  Observable left;
  std::optional<Observable> right_register;
  Value right;
  std::vector<Condition> args;
};

struct Syntax {
  std::string name;
  std::optional<std::string> result;
  std::vector<Initial> initial;
  std::vector<Thread> threads;
  std::optional<Condition> filter;
  Quantifier quantifier = Quantifier::exists;
  Condition proposition;
};

Syntax parse(std::string_view text, const Source& source);

}  // namespace lockstep::orders::litmus
