// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/function.hpp"

#include <algorithm>

#include "model/verdict.hpp"
#include "tla/fold.hpp"

namespace lockstep::tla {
namespace {

[[noreturn]] void refuse(const Place& place, const std::string& what) {
  throw InputError{place.file, place.line, place.column, what};
}

const Value* find(const Function& function, const Expr& key) {
  for (std::size_t i = 0; i < function.keys.size(); ++i) {
    if (same(function.keys[i], key)) return &function.values[i];
  }
  return nullptr;
}

bool same_keys(const Function& a, const Function& b) {
  return a.keys.size() == b.keys.size() &&
         std::ranges::all_of(a.keys, [&](const Expr& key) { return find(b, key) != nullptr; });
}

bool is_undefined(const Value& value) {
  return value.scalar && value.scalar->form == Form::undefined;
}

}  // namespace

Ground::Ground(const Layout& layout, Members of_sets) : members(std::move(of_sets)) {
  for (const Slot& slot : layout.slots()) {
    Shape* at = &shapes[slot.variable];
    for (const std::string& text : slot.keys) {
      const Expr key = make_named(Form::model_value, text, {});
      const auto found =
          std::ranges::find_if(at->keys, [&](const Expr& k) { return same(k, key); });
      const auto i = static_cast<std::size_t>(found - at->keys.begin());
      if (found == at->keys.end()) {
        at->keys.push_back(key);
        at->below.emplace_back();
      }
      at = &at->below[i];
    }
  }
}

Value value_of_cells(const Expr& variable, const Shape& shape) {
  if (shape.keys.empty()) return {variable, nullptr};
  auto out = std::make_shared<Function>();
  out->keys = shape.keys;
  out->variable = variable;
  out->shape = &shape;
  for (std::size_t i = 0; i < shape.keys.size(); ++i) {
    auto cell = std::make_shared<Expression>(*variable);
    cell->args.push_back(shape.keys[i]);
    out->values.push_back(value_of_cells(cell, shape.below[i]));
  }
  return {nullptr, out};
}

bool same(const Expr& a, const Expr& b) {
  if (a == b) return true;
  return a->form == b->form && a->number == b->number && a->name == b->name &&
         a->bound == b->bound && a->primed == b->primed && a->args.size() == b->args.size() &&
         std::equal(a->args.begin(), a->args.end(), b->args.begin(), same);
}

bool is_constant(const Expr& e) {
  return e->form == Form::boolean || e->form == Form::integer || e->form == Form::string ||
         e->form == Form::model_value;
}

Expr make_undefined(const std::string& why, const Place& place) {
  return make_named(Form::undefined, why, place);
}

Value make_choice(const Expr& condition, const Value& a, const Value& b, const Place& place) {
  if (is_true(condition)) return a;
  if (is_false(condition)) return b;
  if (a.scalar && b.scalar) {
    if (same(a.scalar, b.scalar)) return a;
    return {make_if(condition, a.scalar, b.scalar, place), nullptr};
  }
  const Function& either = a.function ? *a.function : *b.function;
  const bool alike = a.function && b.function && same_keys(*a.function, *b.function);
  if (!alike && !is_undefined(a) && !is_undefined(b)) {
    refuse(place, "the branches are no functions of the same keys; expected values alike");
  }
  auto out = std::make_shared<Function>();
  out->keys = either.keys;
  out->tuple = either.tuple;
  for (const Expr& key : out->keys) {
    out->values.push_back(make_choice(condition, a.function ? *find(*a.function, key) : a,
                                      b.function ? *find(*b.function, key) : b, place));
  }
  return {nullptr, out};
}

Expr equal(const Value& a, const Value& b, const Place& place) {
  if (a.scalar && b.scalar) return make_equal(a.scalar, b.scalar, place);
  if (!a.function || !b.function) {
    const Expr& other = a.function ? b.scalar : a.scalar;
    if (other->form == Form::model_value) return make_boolean(false, place);
    refuse(place, "a function is compared with a value that is none");
  }
  if (!same_keys(*a.function, *b.function)) return make_boolean(false, place);
  std::vector<Expr> cells;
  for (std::size_t i = 0; i < a.function->keys.size(); ++i) {
    cells.push_back(equal(a.function->values[i], *find(*b.function, a.function->keys[i]), place));
  }
  return make_and(cells, place);
}

}  // namespace lockstep::tla
