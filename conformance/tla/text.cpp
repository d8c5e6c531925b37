// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <stdexcept>
#include <string_view>

#include "tla/expression.hpp"
#include "tla/precedence.hpp"

namespace lockstep::tla {
namespace {

constexpr Binding atom{20, 20}, open{0, 0};  // open: it takes all that comes after it

struct Written {
  std::string text;
  Binding binding = atom;
};

Written write(const Expr& e);

std::string inside(const Expr& e, const Binding& around, bool same_side = false) {
  Written w = write(e);
  const bool same =
      same_side && around.left && w.binding.low == around.low && w.binding.high == around.high;
  // Two operators of the same range that are not the same one do not stand side by side.
  return tighter(w.binding, around) || same ? w.text : "(" + w.text + ")";
}

Written between(std::string_view op, const Expr& a, const Expr& b) {
  const Binding binding = *infix(op);
  return {inside(a, binding,
                 a->form == Form::add || a->form == Form::subtract || a->form == Form::multiply) +
              " " + std::string{op} + " " + inside(b, binding),
          binding};
}

Written junction(std::string_view op, const Expr& e) {
  if (e->args.empty()) return {op == "/\\" ? "TRUE" : "FALSE"};
  if (e->args.size() == 1) return write(e->args[0]);
  std::string text;
  for (const Expr& arg : e->args) {
    if (!text.empty()) text += " " + std::string{op} + " ";
    text += inside(arg, *infix(op));
  }
  return {text, *infix(op)};
}

/// ~(a = b) is a # b.
Written negation(const Expr& e) {
  const Expr& arg = e->args[0];
  if (arg->form == Form::equal) return between("#", arg->args[0], arg->args[1]);
  if (arg->form == Form::member) {
    return {inside(arg->args[0], *infix("\\notin")) + " \\notin " + arg->name, *infix("\\notin")};
  }
  return {"~" + inside(arg, *prefix("~")), *prefix("~")};
}

Written quantifier(std::string_view sign, const Expr& e) {
  return {std::string{sign} + " " + e->bound + " \\in " + e->name + " : " + write(e->args[0]).text,
          open};
}

Written write(const Expr& e) {
  switch (e->form) {
    case Form::boolean: return {e->number != 0 ? "TRUE" : "FALSE"};
    case Form::integer: {
      if (e->number < 0) return {std::to_string(e->number), *prefix("-")};
      return {std::to_string(e->number)};
    }
    case Form::string: return {'"' + e->name + '"'};
    case Form::model_value:
    case Form::parameter:
    case Form::bound: return {e->name};
    case Form::variable: {
      std::string text = e->name + (e->primed ? "'" : "");
      for (const Expr& key : e->args) text += "[" + write(key).text + "]";
      return {text};
    }
    case Form::negation: return negation(e);
    case Form::conjunction: return junction("/\\", e);
    case Form::disjunction: return junction("\\/", e);
    case Form::implies: return between("=>", e->args[0], e->args[1]);
    case Form::equal: return between("=", e->args[0], e->args[1]);
    case Form::less: return between("<", e->args[0], e->args[1]);
    case Form::less_equal: return between("<=", e->args[0], e->args[1]);
    case Form::add: return between("+", e->args[0], e->args[1]);
    case Form::subtract: return between("-", e->args[0], e->args[1]);
    case Form::multiply: return between("*", e->args[0], e->args[1]);
    case Form::modulo: return between("%", e->args[0], e->args[1]);
    case Form::if_then_else:
      return {"IF " + write(e->args[0]).text + " THEN " + write(e->args[1]).text + " ELSE " +
                  write(e->args[2]).text,
              open};
    case Form::member:
      return {inside(e->args[0], *infix("\\in")) + " \\in " + e->name, *infix("\\in")};
    case Form::for_all: return quantifier("\\A", e);
    case Form::exists: return quantifier("\\E", e);
    case Form::cardinality:
      return {"Cardinality({" + e->bound + " \\in " + e->name + " : " + write(e->args[0]).text +
              "})"};
    case Form::undefined: return {"(" + e->name + ")"};
  }
  throw std::logic_error("an expression of no form");
}

}  // namespace

std::string text(const Expr& expr) {
  return write(expr).text;
}

}  // namespace lockstep::tla
