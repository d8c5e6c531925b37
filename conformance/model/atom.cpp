// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "model/atom.hpp"

namespace lockstep {

Atom Symbols::intern(std::string_view name) {
  if (const auto found = numbers_.find(name); found != numbers_.end()) return found->second;
  const Atom atom = first_symbol + static_cast<Atom>(names_.size());
  names_.emplace_back(name);
  numbers_.emplace(std::string{name}, atom);
  return atom;
}

Atom Symbols::find(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? -1 : found->second;
}

}  // namespace lockstep
