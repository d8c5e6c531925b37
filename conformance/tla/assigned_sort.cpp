// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/assigned_sort.hpp"

#include <algorithm>
#include <array>

#include "model/verdict.hpp"

namespace lockstep::tla {
namespace {

Sort sort_of(const Expr& e, const Layout& layout) {
  switch (e->form) {
    case Form::integer:
    case Form::parameter:
    case Form::add:
    case Form::subtract:
    case Form::multiply:
    case Form::modulo:
    case Form::cardinality: return Sort::integer;
    case Form::string: return Sort::string;
    case Form::model_value:
    case Form::bound: return Sort::name;
    case Form::variable: {
      const auto found = std::ranges::find(layout.slots(), e->name, &Slot::variable);
      return found == layout.slots().end() ? Sort::name : found->sort;
    }
    default: return Sort::boolean;
  }
}

}  // namespace

void check_sort(const Expr& value, const Layout& layout, const Slot& slot) {
  if (value->form == Form::undefined) return;
  if (value->form == Form::if_then_else) {
    check_sort(value->args[1], layout, slot);
    check_sort(value->args[2], layout, slot);
    return;
  }
  const Sort sort = sort_of(value, layout);
  // Null stands where a number, or a string, is not yet.
  const bool null = value->form == Form::model_value && slot.sort != Sort::boolean;
  if (sort == slot.sort || null) return;
  constexpr std::array<std::string_view, 4> names = {"a number", "a truth value", "a name",
                                                     "a string"};
  throw InputError{value->place.file, value->place.line, value->place.column,
                   slot.text() + " is given " +
                       std::string{names.at(static_cast<std::size_t>(sort))} + "; expected " +
                       std::string{names.at(static_cast<std::size_t>(slot.sort))}};
}

}  // namespace lockstep::tla
