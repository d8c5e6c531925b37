// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/atom.hpp"

namespace lockstep {

/// What kind of atom a slot holds; decides how it is printed in TLA+ and in ITF.
enum class Sort : std::uint8_t {
  integer,  ///< a TLA+ integer
  boolean,  ///< TRUE or FALSE, held as 1 or 0
  name,     ///< a model value of TLA+ (object, task, Null)
  string,   ///< a TLA+ string (site names in `pc`)
};

/// One scalar of the state: TLA+ variable `variable`, applied to `keys` from left to right.
/// `vm_refcnt[v1]` is {"vm_refcnt", {"v1"}}; `tree[m1][s2]` is {"tree", {"m1", "s2"}}.
struct Slot {
  std::string variable;
  std::vector<std::string> keys;
  Sort sort = Sort::integer;
  /// The VIEW of the specification, as data. A slot with `relative_to = k` matters only by
  /// whether it equals slot k; slot k itself (relative_to = its own index) does not matter.
  std::optional<std::size_t> relative_to;

  /// `tree[m1][s2]`
  std::string text() const;
};

/// A state is a flat vector of atoms in the order of a layout; the same layout serves the
/// specification's states (read from TLC's text), the machines and the traces.
using State = std::vector<Atom>;
using StateView = std::span<const Atom>;

class Layout {
 public:
  std::size_t add(Slot slot);
  std::size_t size() const { return slots_.size(); }
  const Slot& operator[](std::size_t index) const { return slots_[index]; }
  const std::vector<Slot>& slots() const { return slots_; }
  /// The index of `variable` at `keys`, if there is one.
  std::optional<std::size_t> find(std::string_view variable,
                                  std::span<const std::string> keys) const;
  /// The TLA+ variables in the order of their first slot.
  std::vector<std::string> variables() const;
  /// Has any slot a `relative_to`?
  bool has_view() const { return has_view_; }
  /// Applies the VIEW: relative slots become 1 (equal) or 0, their base becomes 0.
  /// `out` has size() atoms.
  void view(StateView state, Atom* out) const;

  Symbols symbols;

 private:
  std::vector<Slot> slots_;
  bool has_view_ = false;
};

}  // namespace lockstep
