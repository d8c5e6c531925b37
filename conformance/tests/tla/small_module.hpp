// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "tla/module.hpp"

namespace lockstep::testing {

/// A module Small of these units, with Integers, FiniteSets, variables a b c d (truth values or
/// numbers, as they are used), functions f g, constant sets S T, constants Null and Variant.
/// `units` begin in line 5.
std::string small_text(std::string_view units);
tla::Module small_module(std::string_view units);
tla::Module module_of(std::string_view name, std::string_view text);
tla::Constants small_constants();

/// What `Here == BODY` means, or the error without the file: "5:9: ...".
std::string meaning(std::string_view body, std::string_view units_before = "");
/// What a definition of the units means.
std::string meaning_of(std::string_view units, std::string_view definition);

}  // namespace lockstep::testing
