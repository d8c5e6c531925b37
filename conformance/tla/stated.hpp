// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tla/module.hpp"
#include "tla/module_text.hpp"
#include "tla/syntax.hpp"

namespace lockstep::tla {

/// A property that a module states, by the comment directly above a definition:
///
///     \* Property (I-09, I-15): the count is the tree's and one for each reader.
///     \* Refuted (L-04): claims too much; it is known to be violated.
///     \* Possible (P-01): two readers are inside at once; a state that must be reachable.
///
/// The ids may be left out. What kind it is follows from the definition's form.
struct Stated {
  std::string name;
  enum class Says { invariant, step, liveness, refinement } says = Says::invariant;
  std::vector<std::string> ids;
  std::string words;
  bool refuted = false, possible = false;
  Place place;
};

/// The properties of a module, in their order. Throws InputError with the place of a comment that
/// is not of this form, of a property with parameters, of one that stands in a module which this
/// one extends, and of a definition without parameters that is neither stated nor used by another
/// nor among `others`: nobody would judge it.
std::vector<Stated> stated_properties(const Module& module, const std::vector<std::string>& others);

/// Throws InputError with the place of a property that `module` states: judged are those of module
/// `judged` alone.
void refuse_stated(const ModuleText& module, std::string_view judged);

}  // namespace lockstep::tla
