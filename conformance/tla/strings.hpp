// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tla/module.hpp"
#include "tla/syntax.hpp"

namespace lockstep::tla {

/// A string as a module writes it: "Put_Dec".
struct WrittenString {
  std::string text;
  Place place;
};

/// Every string in the definitions of a module and of what it extends, in their order. With `from`:
/// in those definitions, and in what they mention, alone. What is not understood is left out.
std::vector<WrittenString> strings_of(const ModuleText& module,
                                      const std::set<std::string>& from = {});

/// The names of a module, of all that it extends, and every name that their definitions mention,
/// that of an instance's module among them.
std::set<std::string> mentioned_names(const ModuleText& module);

}  // namespace lockstep::tla
