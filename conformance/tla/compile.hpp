// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "machines/world.hpp"
#include "tla/expression.hpp"

namespace lockstep::tla {

/// What the atoms of an expression are. A number and a truth value may be the same atom, so what is
/// compared with what is decided here.
enum class Kind : std::uint8_t {
  boolean,
  number,  ///< or a model value: Null in a cell that has no number yet
  name,    ///< a model value
  string,  ///< or a model value
};

/// Where the cells of a variable are: one step for each key. Symbols are dense.
struct Cells {
  std::vector<std::int32_t> next;  ///< by symbol: the place in `below`, or the slot; -1: none
  std::vector<Cells> below;        ///< empty: `next` has slots
};

/// An expression whose names are resolved.
struct Code {
  Form form = Form::boolean;
  Kind kind = Kind::boolean;
  bool primed = false;
  bool strict = false;  ///< of equal: a truth value, or a string, against something else
  Atom constant = 0;
  std::size_t frame = 0;  ///< of a bound variable, and of the quantifier that binds it
  const std::vector<Atom>* set = nullptr;  ///< null: Int
  const Cells* cells = nullptr;            ///< null: a variable without keys, in slot `frame`
  std::vector<Code> args;
  const Expression* source = nullptr;  ///< for messages
};

/// What expressions are compiled for.
class Compiler {
 public:
  Compiler(const World& world, const std::map<std::string, std::vector<Atom>>& sets,
           const std::map<std::string, Atom>& parameters);

  /// `bound`: names that are bound outside, outermost first. Throws InputError for what has no
  /// meaning on the world's states.
  Code compile(const Expr& e, const std::vector<std::string>& bound = {});
  std::size_t frames() const { return frames_; }  ///< how many variables are bound at most
  std::size_t symbols() const { return symbols_; }

 private:
  struct Variable {
    Kind kind = Kind::number;
    std::size_t keys = 0, slot = 0;
    Cells cells;
  };

  void add(const Slot& slot, std::size_t index);
  Code build(const Expr& e);
  Code variable(const Expr& e);
  Code boolean(const Expr& e);
  Code number(const Expr& e);
  void over(const Expr& e, Code& code);
  const std::vector<Atom>* set_of(const Expr& e) const;

  const Layout& layout_;
  const std::map<std::string, std::vector<Atom>>& sets_;
  const std::map<std::string, Atom>& parameters_;
  std::map<std::string, Variable> variables_;
  std::vector<std::string> bound_;       ///< by the quantifiers around, outermost first
  std::set<std::string> names_;          ///< those of model values
  std::map<std::string, Atom> unknown_;  ///< strings that no state has
  std::size_t frames_ = 0, symbols_ = 0;
};

}  // namespace lockstep::tla
