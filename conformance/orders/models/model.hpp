// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::orders {

/// A memory model is data: a text file (see models/README.md for the language), read into this.
struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

struct Expr {
  enum class Op {
    name,
    nothing,
    unite,
    sequence,
    intersect,
    subtract,
    cross,  ///< a | b, a ; b, a & b, a - b, a >< b
    inverse,
    optional,
    plus,
    star,
    on_set  ///< r^-1, r?, r+, r*, [S]
  };
  Op op = Op::nothing;
  bool is_set = false;
  std::string name;
  std::vector<ExprPtr> args;
};

struct Definition {
  std::string name;
  ExprPtr body;
  bool recursive = false;  ///< the least relation that satisfies the equation
  std::size_t line = 0;
  /// Of an `events` statement: what the model calls this set. The mapping of our events to the
  /// model's is the statements of this kind.
  std::string mapping = {};
};

struct Axiom {
  enum class Check { acyclic, irreflexive, empty };
  std::string name;
  Check check = Check::acyclic;
  ExprPtr body;
  bool flag = false;  ///< not a law of executions, but a fault of the program where it is broken
  std::size_t line = 0;
};

struct MemoryModel {
  std::string name, title, source;
  std::vector<Definition> definitions;
  std::vector<Axiom> axioms;
};

/// Names that every model may use: sets of events and relations that an execution has.
bool is_base_set(std::string_view name);
bool is_base_relation(std::string_view name);

/// Reads the text of a model; throws InputError with the place in `file`.
MemoryModel parse_model(std::string_view text, std::string_view file);
/// One of the models that come with Lockstep; throws InputError and names those there are.
MemoryModel builtin_model(std::string_view name);
std::vector<std::string> builtin_model_names();
std::string_view builtin_model_text(std::string_view name);  ///< empty where there is none
MemoryModel load_model(const std::string& path);
/// A builtin model by its name, or a file where the text is a path (`x/my.model`).
MemoryModel find_model(const std::string& name_or_path);

}  // namespace lockstep::orders
