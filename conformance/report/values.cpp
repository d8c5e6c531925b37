// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/values.hpp"

namespace lockstep::report {

std::string value_text(const Layout& layout, std::size_t slot, Atom value) {
  const Sort sort = layout[slot].sort;
  const std::string text = layout.symbols.text(value);
  if (sort == Sort::boolean && !is_symbol(value)) return value != 0 ? "TRUE" : "FALSE";
  return sort == Sort::string ? '"' + text + '"' : text;
}

std::vector<std::size_t> changed(StateView before, StateView after) {
  std::vector<std::size_t> slots;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] != after[i]) slots.push_back(i);
  }
  return slots;
}

}  // namespace lockstep::report
