// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lockstep {

/// One scalar of a state: an integer, a Boolean (0 or 1), or a name (of an object, task, site).
/// Names are numbered by a `Symbols` table and stand above `first_symbol`, so that a name is
/// never equal to a number that a protocol can compute.
using Atom = std::int32_t;

inline constexpr Atom first_symbol = 0x60000000;
constexpr bool is_symbol(Atom atom) {
  return atom >= first_symbol;
}

/// The names of a model: constant `null` is always symbol 0.
class Symbols {
 public:
  Symbols() { intern("Null"); }
  /// The atom of a name; the same for the same text.
  Atom intern(std::string_view name);
  /// The atom of a name, or a negative number when nobody has interned it.
  Atom find(std::string_view name) const;
  /// The text of a name. `atom` must be a symbol of this table.
  const std::string& name(Atom atom) const {
    return names_.at(static_cast<std::size_t>(atom - first_symbol));
  }
  /// "3" for a number, the name for a symbol, "?" for one that nobody has interned.
  std::string text(Atom atom) const {
    if (!is_symbol(atom)) return std::to_string(atom);
    return static_cast<std::size_t>(atom - first_symbol) < names_.size() ? name(atom) : "?";
  }
  std::size_t size() const { return names_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::vector<std::string> names_;
  std::unordered_map<std::string, Atom, Hash, std::equal_to<>> numbers_;
};

inline constexpr Atom null_atom = first_symbol;

}  // namespace lockstep
