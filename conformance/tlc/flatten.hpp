// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/layout.hpp"
#include "tlc/scanner.hpp"

namespace lockstep::tlc {

/// Turns the text of a state (`/\ pc = (r1 :> "idle")` and so on) into a flat state of a layout.
///
/// TLC prints all states of a run alike: same variables, same order, same keys. So the first
/// state is scanned and gives a pattern of literal pieces and scalars; later states are matched
/// against the pattern, and scanned only where they differ from it (then a new pattern is taken).
///
/// The model value Null fits every sort: a local that is dead is Null. Everything else must have
/// the sort of its slot. Names and strings are interned in the symbols of the layout.
class Flattener {
 public:
  explicit Flattener(Layout& layout);
  /// Fills `out` (layout.size() atoms), or throws an InputError that names the variable.
  void flatten(std::string_view text, Origin origin, Atom* out);
  /// How many states did not fit the pattern; for tests and tuning.
  std::size_t scanned() const { return scanned_; }

 private:
  struct Piece {
    std::string literal;  ///< what stands before the scalar
    std::size_t slot;
    Sort sort;
    std::string last_text;  ///< the name read here last: states differ in few slots
    Atom last = null_atom;
  };
  class Scan;

  bool match(std::string_view text, Atom* out);
  const char* match_scalar(Piece& piece, const char* at, const char* end, Atom& out);
  void scan(std::string_view text, Origin origin, Atom* out);

  Layout& layout_;
  std::unordered_map<std::string, std::size_t> slots_;  ///< by `variable[key][key]`
  std::vector<Piece> pattern_;
  std::string tail_;
  bool has_pattern_ = false;
  std::size_t scanned_ = 0;
};

}  // namespace lockstep::tlc
