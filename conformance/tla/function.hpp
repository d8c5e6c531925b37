// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/layout.hpp"
#include "tla/expression.hpp"

namespace lockstep::tla {

/// The keys of a variable, from the outermost on; no keys: it is one cell.
struct Shape {
  std::vector<Expr> keys;
  std::vector<Shape> below;  ///< one for each key
};

struct Function;
using FunctionPtr = std::shared_ptr<const Function>;

/// A scalar or a function: one of the two is null.
struct Value {
  Expr scalar;
  FunctionPtr function;
};

/// A function, until it is applied or every cell of it has been assigned: all that it is. Keys are
/// constants. A tuple is a function of 1, 2, ...
struct Function {
  std::vector<Expr> keys;
  std::vector<Value> values;
  bool tuple = false;
  /// Of a variable, or of a function in one: what a key that depends on the state is applied to.
  Expr variable = nullptr;
  const Shape* shape = nullptr;
};

/// What an expansion knows of a model at one size.
struct Ground {
  using Members = std::map<std::string, std::vector<std::string>>;

  /// Variables are those of the layout.
  Ground(const Layout& layout, Members members);

  Members members;                      ///< of constant sets: model values
  std::map<std::string, Shape> shapes;  ///< of variables
};

/// A variable, or what is left of it after some keys, as a value.
Value value_of_cells(const Expr& variable, const Shape& shape);

/// Do both say the same, word for word?
bool same(const Expr& a, const Expr& b);
bool is_constant(const Expr& e);
Expr make_undefined(const std::string& why, const Place& place);

/// IF condition THEN a ELSE b, cell by cell.
Value make_choice(const Expr& condition, const Value& a, const Value& b, const Place& place);
/// a = b, cell by cell. Functions of different keys differ.
Expr equal(const Value& a, const Value& b, const Place& place);

}  // namespace lockstep::tla
