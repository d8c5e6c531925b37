// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "model/atom.hpp"

namespace lockstep {

/// Every site, point, field and local that the code of some template names gets a small number when
/// the program starts; a world maps the numbers to its atoms and slots once, so that a step costs
/// no look-up by name.
std::size_t name_number(std::string_view name);
const std::vector<std::string_view>& numbered_names();

template <class Named>
struct NameNumber {
  static inline const std::size_t value = name_number(Named::name);
};

/// The same of the model values, with numbers of their own: code that compares with one has no
/// world to ask for its atom, so every world has all of them right after Null.
std::size_t value_number(std::string_view name);
const std::vector<std::string_view>& numbered_values();
inline Atom value_atom(std::size_t number) {
  return null_atom + 1 + static_cast<Atom>(number);
}

template <class Value>
struct ValueNumber {
  static inline const std::size_t value = value_number(Value::name);
};

}  // namespace lockstep
