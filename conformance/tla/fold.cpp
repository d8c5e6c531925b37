// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/fold.hpp"

#include <algorithm>
#include <array>

#include "model/verdict.hpp"

namespace lockstep::tla {
namespace {

/// What a value is for certain.
enum class Type { unknown, boolean, number, string, name };

Type type_of(const Expr& e) {
  switch (e->form) {
    case Form::boolean:
    case Form::negation:
    case Form::conjunction:
    case Form::disjunction:
    case Form::implies:
    case Form::equal:
    case Form::less:
    case Form::less_equal:
    case Form::member:
    case Form::for_all:
    case Form::exists: return Type::boolean;
    case Form::integer:
    case Form::add:
    case Form::subtract:
    case Form::multiply:
    case Form::modulo:
    case Form::cardinality: return Type::number;
    case Form::string: return Type::string;
    case Form::model_value: return Type::name;
    case Form::if_then_else: {
      const Type then = type_of(e->args[1]), otherwise = type_of(e->args[2]);
      if (e->args[2]->form == Form::undefined) return then;
      if (e->args[1]->form == Form::undefined) return otherwise;
      return then == otherwise ? then : Type::unknown;
    }
    case Form::parameter:
    case Form::bound:
    case Form::undefined:
    case Form::variable: return Type::unknown;
  }
  return Type::unknown;
}

std::string name_of(Type type) {
  constexpr std::array names = {"a value", "a truth value", "a number", "a string",
                                "a model value"};
  return names.at(static_cast<std::size_t>(type));
}

[[noreturn]] void refuse(const Place& place, const std::string& what) {
  throw InputError{place.file, place.line, place.column, what};
}

void check_number(const Expr& e) {
  const Type type = type_of(e);
  if (type != Type::unknown && type != Type::number) {
    refuse(e->place, name_of(type) + "; expected a number");
  }
}

bool is_constant(const Expr& e) {
  return e->form == Form::boolean || e->form == Form::integer || e->form == Form::string ||
         e->form == Form::model_value;
}

Expr make(Form form, std::vector<Expr> args, const Place& place) {
  auto e = std::make_shared<Expression>();
  e->form = form;
  e->args = std::move(args);
  e->place = place;
  return e;
}

/// Conjunctions in conjunctions are one; `neutral` is left out, its opposite decides.
Expr make_junction(Form form, bool neutral, const std::vector<Expr>& args, const Place& place) {
  std::vector<Expr> kept;
  for (const Expr& arg : args) {
    check_boolean(arg);
    if (arg->form == Form::boolean) {
      if ((arg->number != 0) != neutral) return arg;
    } else if (arg->form == form) {
      kept.insert(kept.end(), arg->args.begin(), arg->args.end());
    } else {
      kept.push_back(arg);
    }
  }
  if (kept.empty()) return make_boolean(neutral, place);
  return kept.size() == 1 ? kept.front() : make(form, std::move(kept), place);
}

}  // namespace

void check_boolean(const Expr& e) {
  const Type type = type_of(e);
  if (type != Type::unknown && type != Type::boolean) {
    refuse(e->place, name_of(type) + "; expected a truth value");
  }
}

Expr make_boolean(bool value, const Place& place) {
  auto e = std::make_shared<Expression>();
  e->form = Form::boolean;
  e->number = value ? 1 : 0;
  e->place = place;
  return e;
}

Expr make_integer(std::int64_t value, const Place& place) {
  if (value > 2147483647 || value < -2147483648LL) refuse(place, "a number that TLC cannot hold");
  auto e = std::make_shared<Expression>();
  e->form = Form::integer;
  e->number = value;
  e->place = place;
  return e;
}

Expr make_named(Form form, const std::string& name, const Place& place) {
  auto e = std::make_shared<Expression>();
  e->form = form;
  e->name = name;
  e->place = place;
  return e;
}

bool is_true(const Expr& e) {
  return e->form == Form::boolean && e->number != 0;
}
bool is_false(const Expr& e) {
  return e->form == Form::boolean && e->number == 0;
}

Expr make_not(const Expr& e, const Place& place) {
  check_boolean(e);
  if (e->form == Form::boolean) return make_boolean(e->number == 0, place);
  if (e->form == Form::negation) return e->args[0];
  return make(Form::negation, {e}, place);
}

Expr make_and(const std::vector<Expr>& args, const Place& place) {
  return make_junction(Form::conjunction, true, args, place);
}

Expr make_or(const std::vector<Expr>& args, const Place& place) {
  return make_junction(Form::disjunction, false, args, place);
}

Expr make_implies(const Expr& a, const Expr& b, const Place& place) {
  check_boolean(a);
  check_boolean(b);
  if (is_false(a) || is_true(b)) return make_boolean(true, place);
  if (is_true(a)) return b;
  if (is_false(b)) return make_not(a, place);
  return make(Form::implies, {a, b}, place);
}

Expr make_equal(const Expr& a, const Expr& b, const Place& place) {
  const Type left = type_of(a), right = type_of(b);
  if (left != Type::unknown && right != Type::unknown && left != right) {
    // A model value is equal to nothing but itself; TLC compares nothing else of two types.
    const bool names = left == Type::name || right == Type::name;
    if (!names) refuse(place, name_of(left) + " is compared with " + name_of(right));
    if (is_constant(a) && is_constant(b)) return make_boolean(false, place);
  }
  if (is_constant(a) && is_constant(b)) {
    return make_boolean(a->number == b->number && a->name == b->name, place);
  }
  return make(Form::equal, {a, b}, place);
}

Expr make_equivalent(const Expr& a, const Expr& b, const Place& place) {
  check_boolean(a);
  check_boolean(b);
  return make_equal(a, b, place);
}

Expr make_arithmetic(Form form, const Expr& a, const Expr& b, const Place& place) {
  check_number(a);
  check_number(b);
  if (form == Form::modulo && (b->form != Form::integer || b->number <= 0)) {
    refuse(place, "'%' by what is no number above 0");
  }
  if (a->form != Form::integer || b->form != Form::integer) return make(form, {a, b}, place);
  const std::int64_t x = a->number, y = b->number;
  switch (form) {
    case Form::less: return make_boolean(x < y, place);
    case Form::less_equal: return make_boolean(x <= y, place);
    case Form::add: return make_integer(x + y, place);
    case Form::subtract: return make_integer(x - y, place);
    case Form::multiply: return make_integer(x * y, place);
    default: return make_integer((x % y + y) % y, place);  // TLA+'s is never negative
  }
}

Expr make_if(const Expr& condition, const Expr& then, const Expr& otherwise, const Place& place) {
  check_boolean(condition);
  return make(Form::if_then_else, {condition, then, otherwise}, place);
}

Expr make_member(const Expr& e, const std::string& set, const Place& place) {
  if (set == "Int" && is_constant(e)) return make_boolean(e->form == Form::integer, place);
  auto out = std::make_shared<Expression>();
  out->form = Form::member;
  out->name = set;
  out->args = {e};
  out->place = place;
  return out;
}

Expr make_over(Form form, const std::string& variable, const std::string& set, const Expr& body,
               const Place& place) {
  check_boolean(body);
  if (form == Form::for_all && is_true(body)) return body;
  if (form == Form::exists && is_false(body)) return body;
  if (form == Form::cardinality && is_false(body)) return make_integer(0, place);
  auto out = std::make_shared<Expression>();
  out->form = form;
  out->name = set;
  out->bound = variable;
  out->args = {body};
  out->place = place;
  return out;
}

}  // namespace lockstep::tla
