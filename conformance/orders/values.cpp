// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/values.hpp"

#include "model/verdict.hpp"

namespace lockstep::orders {

namespace {

// Numbers lie in [-8192, 8191], names in [0x4000, 0x7fff]: signed comparison still works, and a
// counter cannot grow into the names within the visits that a bounded program has.
constexpr int number_limit = 0x2000;
constexpr int first_name = 0x4000;

int encode(Atom atom) {
  if (is_symbol(atom) && atom - first_symbol < 0x4000) return first_name + (atom - first_symbol);
  if (!is_symbol(atom) && atom > -number_limit && atom < number_limit) return atom;
  throw Undecided{"the value " + std::to_string(atom) +
                  " does not fit the 16 bits of the judge of "
                  "orders; give the protocol smaller constants"};
}

}  // namespace

z3::expr Values::number(const Term& t) {
  switch (t->op) {
    case Op::constant: return context_.bv_val(encode(t->value), width);
    case Op::variable: {
      const auto key = std::pair{t->name, t->value};
      if (const auto found = variables_.find(key); found != variables_.end()) return found->second;
      const std::string name = t->name + "#" + std::to_string(t->value);
      return variables_.emplace(key, context_.bv_const(name.c_str(), width)).first->second;
    }
    case Op::add: return number(t->args[0]) + number(t->args[1]);
    case Op::sub: return number(t->args[0]) - number(t->args[1]);
    case Op::band: return number(t->args[0]) & number(t->args[1]);
    case Op::bor: return number(t->args[0]) | number(t->args[1]);
    case Op::bxor: return number(t->args[0]) ^ number(t->args[1]);
    case Op::mul: return number(t->args[0]) * number(t->args[1]);
    case Op::ite: return z3::ite(formula(t->args[0]), number(t->args[1]), number(t->args[2]));
    default: return z3::ite(formula(t), context_.bv_val(1, width), context_.bv_val(0, width));
  }
}

z3::expr Values::formula(const Term& t) {
  switch (t->op) {
    case Op::eq: return number(t->args[0]) == number(t->args[1]);
    case Op::ne: return number(t->args[0]) != number(t->args[1]);
    case Op::lt: return z3::slt(number(t->args[0]), number(t->args[1]));
    case Op::le: return z3::sle(number(t->args[0]), number(t->args[1]));
    case Op::logical_and: return formula(t->args[0]) && formula(t->args[1]);
    case Op::logical_or: return formula(t->args[0]) || formula(t->args[1]);
    case Op::logical_not: return !formula(t->args[0]);
    default: return number(t) != context_.bv_val(0, width);
  }
}

Lit Values::condition(const Term& t) {
  if (t == nullptr) return lit_true;
  if (const auto found = conditions_.find(t.get()); found != conditions_.end())
    return found->second;
  Lit lit = lit_false;
  // Conjunctions keep their parts, so that a guard is known to imply the guard around it.
  if (t->op == Op::logical_and) {
    lit = clauses_.both(condition(t->args[0]), condition(t->args[1]), true);
  } else if (t->op == Op::logical_not) {
    lit = -condition(t->args[0]);
  } else {
    lit = clauses_.define(formula(t));
  }
  kept_[t.get()] = t;
  return conditions_[t.get()] = lit;
}

Atom Values::atom(const z3::model& model, const Term& t) {
  const z3::expr value = model.eval(number(t), true);
  const auto bits = static_cast<int>(value.get_numeral_uint());
  const int number = bits >= 0x8000 ? bits - 0x10000 : bits;
  return number >= first_name ? first_symbol + (number - first_name) : number;
}

}  // namespace lockstep::orders
