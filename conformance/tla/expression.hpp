// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace lockstep::tla {

/// What a closed expression of a specification says, once every definition and LET in it has been
/// put in its place and every membership in a set that is written out has become a condition. What
/// is left is what first-order logic can say of one state, or of two: `unbounded` gives it to a
/// solver, `evaluate` asks it of a state.
enum class Form : std::uint8_t {
  boolean,      ///< `number` is 0 or 1
  integer,      ///< `number`
  string,       ///< `name`: "Put_Dec"
  model_value,  ///< `name`: Null
  parameter,    ///< `name`: a constant that stays open: Limit
  bound,        ///< `name`: a variable of a quantifier; no two quantifiers have the same name
  variable,     ///< `name`: a variable of the specification, applied to `args` from left to right
  negation,     ///< of args[0]
  conjunction,  ///< of all args; TRUE if there are none
  disjunction,  ///< of all args; FALSE if there are none
  implies,      ///< args[0] => args[1]
  equal,        ///< also of truth values: <=>
  less,         ///< args[0] < args[1]
  less_equal,
  add,
  subtract,
  multiply,
  modulo,
  if_then_else,
  member,   ///< is args[0] in the constant set `name`: Vmas, Int?
  for_all,  ///< of every `bound` of the constant set `name`: args[0]
  exists,
  cardinality,  ///< the number of those `bound` of the constant set `name` with args[0]
  undefined,    ///< has no value: TLC would stop here. `name` says why
};

struct Expression;
using Expr = std::shared_ptr<const Expression>;

/// Where something stands in a module.
struct Place {
  std::string file;
  std::size_t line = 0, column = 0;
};
/// `Door.tla:22:53`, with the file's path as it is.
inline std::string text(const Place& place) {
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

struct Expression {
  Form form;
  std::int64_t number = 0;
  std::string name;
  std::string bound;    ///< of a quantifier: the name of its variable
  bool primed = false;  ///< of a variable: in the state after
  std::vector<Expr> args;
  Place place;
};

/// In TLA+ again, on one line: for messages and for comparing two expressions.
std::string text(const Expr& expr);

/// Replaces nodes from the leaves up: `f` gives a node for the one it sees, or null to keep it.
Expr rewrite(const Expr& expr, const std::function<Expr(const Expression&)>& f);

}  // namespace lockstep::tla
