// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

namespace lockstep {

/// Every site, point, field and local that the code of some template names gets a small number when
/// the program starts; a world maps the numbers to its atoms and slots once, so that a step costs no
/// look-up by name.
std::size_t name_number(std::string_view name);
const std::vector<std::string_view>& numbered_names();

template <class Named>
struct NameNumber {
  static inline const std::size_t value = name_number(Named::name);
};

}  // namespace lockstep
