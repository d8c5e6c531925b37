// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "small_search.hpp"

namespace lockstep {

/// The shortest behaviours of the variant that violate the property have so many steps, as the
/// table in spec/vma_refcnt/README.md says; and its automaton is its fibers'.
void check_breaks(std::string_view variant, std::string_view property, std::uint32_t steps,
                  std::string_view size = "1x2x2");
/// No property is violated in so many states, by the fibers or by the automaton.
void check_holds(std::string_view variant, std::uint64_t states, std::string_view size = "1x2x2");
/// Random walks of the fibers stay inside the automaton.
void check_shaken(std::string_view variant, std::string_view size);

}  // namespace lockstep
