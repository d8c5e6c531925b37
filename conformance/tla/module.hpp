// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tla/expression.hpp"

namespace lockstep::tla {

struct Ground;
struct ModuleText;

/// What a specification's constants are in a question about it.
struct Constants {
  std::map<std::string, std::string> strings;    ///< Variant: "holds"
  std::map<std::string, std::int64_t> integers;  ///< MaxSections: 0
  std::set<std::string> model_values;            ///< Null
  std::set<std::string> sets;                    ///< Readers, Vmas: stay as they are
  /// Constants and definitions that stay open: Limit, Flag. Stronger than what the module says.
  std::set<std::string> parameters;
  /// The members of the sets, r1: a text beside the module may name them, the module may not.
  std::set<std::string> objects = {};
};

/// A module of TLA+ with all that it extends, read as far as is asked for: definitions are
/// expressions of one state or two; actions are read by ActionReader. Temporal formulas, CHOOSE,
/// EXCEPT and function constructors are not understood in expressions of any size; that is said
/// when a definition that needs them is expanded, not before.
class Module {
 public:
  /// Reads DIRECTORY/NAME.tla and what it EXTENDS, from any of the directories; the standard
  /// modules are known. Throws InputError.
  static Module read(std::string_view name, const std::vector<std::filesystem::path>& directories);

  /// What is written in a text that has been read, or in a changed copy of one.
  static Module of(std::shared_ptr<const ModuleText> text);

  ~Module();
  Module(Module&&) noexcept;

  /// What is written.
  const ModuleText& text() const;
  /// The names of the module's own definitions (not of what it extends), in their order.
  std::vector<std::string> definitions() const;
  /// Is there a definition without parameters of this name, here or in what it extends?
  bool defines(std::string_view name) const;
  /// The comment block that stands directly above a definition, in one line; or "".
  std::string comment(std::string_view definition) const;
  Place place(std::string_view definition) const;

  /// A definition without parameters, closed: see Expression. Conditions that the constants decide
  /// are decided: IF, CASE, /\, \/, =>, = of strings. Throws InputError with the place of what it
  /// does not understand.
  Expr expand(std::string_view definition, const Constants& constants) const;
  /// Is the definition of the form [][A]_vars?
  bool is_every_step(std::string_view definition) const;
  /// Is the definition of the form Name!Spec?
  bool is_refinement(std::string_view definition) const;
  /// The action A, expanded, of a property that is `[][A]_vars`: what it says of every step.
  Expr expand_every_step(std::string_view property, const Constants& constants) const;
  /// A text, expanded: `Limit < Flag`. `where` names it in errors.
  Expr expand_text(std::string_view text, std::string_view where, const Constants& constants) const;
  /// What the module, and all that it extends, ASSUMEs of the constants; on `ground` sets are gone
  /// through element by element, and what speaks of nothing else is decided.
  std::vector<Expr> assumptions(const Constants& constants, const Ground* ground = nullptr) const;
  /// The parts of a definition that is a conjunction of names: `Inductive == /\ Count /\ Free`.
  std::vector<std::string> conjuncts(std::string_view definition) const;

 private:
  struct Syntax;
  explicit Module(std::unique_ptr<Syntax> syntax);
  std::unique_ptr<Syntax> syntax_;
};

}  // namespace lockstep::tla
