// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/compile.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "model/verdict.hpp"

namespace lockstep::tla {
namespace {

[[noreturn]] void refuse(const Expression& e, const std::string& what) {
  throw InputError{e.place.file, e.place.line, e.place.column, what};
}

Kind kind_of(Sort sort) {
  switch (sort) {
    case Sort::boolean: return Kind::boolean;
    case Sort::integer: return Kind::number;
    case Sort::name: return Kind::name;
    case Sort::string: return Kind::string;
  }
  return Kind::number;
}

}  // namespace

Compiler::Compiler(const World& world, const std::map<std::string, std::vector<Atom>>& sets,
                   const std::map<std::string, Atom>& parameters)
    : layout_(world.layout()),
      sets_(sets),
      parameters_(parameters),
      symbols_(world.layout().symbols.size()) {
  for (std::size_t i = 0; i < layout_.size(); ++i) add(layout_[i], i);
  names_.insert(layout_.symbols.name(null_atom));
  for (const auto& [name, members] : sets_) {
    for (const Atom member : members) names_.insert(layout_.symbols.text(member));
  }
}

void Compiler::add(const Slot& slot, std::size_t index) {
  const auto [at, is_new] = variables_.try_emplace(slot.variable);
  Variable& variable = at->second;
  if (is_new) {
    variable.kind = kind_of(slot.sort);
    variable.keys = slot.keys.size();
    variable.slot = index;
  }
  if (variable.kind != kind_of(slot.sort) || variable.keys != slot.keys.size()) {
    throw std::runtime_error("cells of '" + slot.variable + "' that are not alike");
  }
  Cells* cells = &variable.cells;
  for (std::size_t k = 0; k < slot.keys.size(); ++k) {
    cells->next.resize(symbols_, -1);
    const Atom key = layout_.symbols.find(slot.keys[k]);
    if (!is_symbol(key)) throw std::runtime_error("a key '" + slot.keys[k] + "' without an atom");
    std::int32_t& next = cells->next[static_cast<std::size_t>(key - first_symbol)];
    if (k + 1 == slot.keys.size()) {
      next = static_cast<std::int32_t>(index);
    } else {
      if (next < 0) {
        next = static_cast<std::int32_t>(cells->below.size());
        cells->below.emplace_back();
      }
      cells = &cells->below[static_cast<std::size_t>(next)];
    }
  }
}

Code Compiler::boolean(const Expr& e) {
  Code code = build(e);
  if (code.kind != Kind::boolean && e->form != Form::undefined) {
    refuse(*e, "expected a truth value");
  }
  return code;
}

Code Compiler::number(const Expr& e) {
  Code code = build(e);
  if (code.kind == Kind::boolean || code.kind == Kind::string) refuse(*e, "expected a number");
  return code;
}

const std::vector<Atom>* Compiler::set_of(const Expr& e) const {
  const auto found = sets_.find(e->name);
  if (found == sets_.end()) refuse(*e, "the set '" + e->name + "' has no members");
  return &found->second;
}

void Compiler::over(const Expr& e, Code& code) {
  code.set = set_of(e);
  code.frame = bound_.size();
  bound_.push_back(e->bound);
  frames_ = std::max(frames_, bound_.size());
  if (!std::ranges::all_of(*code.set, is_symbol)) refuse(*e, "a constant set of numbers");
  code.args = {boolean(e->args[0])};
  bound_.pop_back();
}

Code Compiler::variable(const Expr& e) {
  const auto found = variables_.find(e->name);
  if (found == variables_.end()) refuse(*e, "no state has '" + e->name + "'");
  const Variable& variable = found->second;
  if (variable.keys != e->args.size()) refuse(*e, "'" + e->name + "' as no single cell");
  Code code;
  code.kind = variable.kind;
  code.primed = e->primed;
  if (variable.keys == 0) {
    code.frame = variable.slot;
  } else {
    code.cells = &variable.cells;
    for (const Expr& key : e->args) code.args.push_back(build(key));
  }
  return code;
}

Code Compiler::compile(const Expr& e, const std::vector<std::string>& bound) {
  bound_ = bound;
  frames_ = std::max(frames_, bound_.size());
  return build(e);
}

Code Compiler::build(const Expr& e) {
  Code code;
  switch (e->form) {
    case Form::boolean: code.constant = static_cast<Atom>(e->number); break;
    case Form::undefined: code.kind = Kind::name; break;
    case Form::integer:
      if (e->number >= first_symbol || e->number < std::numeric_limits<Atom>::min()) {
        refuse(*e, "a number that is no atom");
      }
      code.constant = static_cast<Atom>(e->number);
      code.kind = Kind::number;
      break;
    case Form::string:
    case Form::model_value: {
      code.kind = e->form == Form::string ? Kind::string : Kind::name;
      if (code.kind == Kind::string && names_.contains(e->name)) {
        refuse(*e, "\"" + e->name + "\" is a string, and " + e->name +
                       " a model value, which is written without quotes");
      }
      code.constant = layout_.symbols.find(e->name);
      // What no state has is equal to nothing but itself.
      if (code.constant < 0) {
        const auto last = std::numeric_limits<Atom>::max() - static_cast<Atom>(unknown_.size());
        code.constant = unknown_.try_emplace(e->name, last).first->second;
      }
      break;
    }
    case Form::parameter: {
      const auto found = parameters_.find(e->name);
      if (found == parameters_.end()) refuse(*e, "'" + e->name + "' has no value");
      code.constant = found->second;
      code.kind = is_symbol(found->second) ? Kind::name : Kind::number;
      break;
    }
    case Form::bound: {
      const auto found = std::ranges::find(bound_, e->name);
      if (found == bound_.end()) refuse(*e, "'" + e->name + "' is not bound");
      code.frame = static_cast<std::size_t>(found - bound_.begin());
      code.kind = Kind::name;
      break;
    }
    case Form::variable: code = variable(e); break;
    case Form::negation:
    case Form::conjunction:
    case Form::disjunction:
    case Form::implies:
      for (const Expr& arg : e->args) code.args.push_back(boolean(arg));
      break;
    case Form::equal: {
      code.args = {build(e->args[0]), build(e->args[1])};
      const Kind a = code.args[0].kind, b = code.args[1].kind;
      // A name is equal to nothing of another kind, and its atom to no other atom.
      code.strict = a != b && (a == Kind::boolean || b == Kind::boolean ||
                               (a == Kind::string && b == Kind::number) ||
                               (a == Kind::number && b == Kind::string));
      break;
    }
    case Form::add:
    case Form::subtract:
    case Form::multiply:
    case Form::modulo: code.kind = Kind::number; [[fallthrough]];
    case Form::less:
    case Form::less_equal:
      for (const Expr& arg : e->args) code.args.push_back(number(arg));
      break;
    case Form::if_then_else: {
      code.args = {boolean(e->args[0]), build(e->args[1]), build(e->args[2])};
      const Kind a = code.args[1].kind, b = code.args[2].kind;
      const bool both = e->args[1]->form != Form::undefined && e->args[2]->form != Form::undefined;
      code.kind = a == Kind::name ? b : a;
      if (both && a != b &&
          (a == Kind::boolean || b == Kind::boolean || (a != Kind::name && b != Kind::name))) {
        refuse(*e, "the branches of IF are of two kinds");
      }
      break;
    }
    case Form::member:
      code.args = {build(e->args[0])};
      if (e->name != "Int") code.set = set_of(e);
      break;
    case Form::for_all:
    case Form::exists: over(e, code); break;
    case Form::cardinality:
      over(e, code);
      code.kind = Kind::number;
      break;
  }
  code.form = e->form;
  code.source = e.get();
  return code;
}

}  // namespace lockstep::tla
