// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "machines/world.hpp"
#include "tla/spec_system.hpp"

namespace lockstep::testing {

/// A world of two kinds, S (s1, s2) and T (t1, t2), with the functions n (S: numbers), g (S x T:
/// names), b (S: truth values), p (S: strings), q (S: numbers), and the task w1 with its pc.
World small_world();
/// A module World of these variables and constants; `units` begin in line 5.
std::string world_text(std::string_view units);
std::vector<std::pair<std::string, std::string>> world_constants();

/// The specification that the units are, with Init and Next.
std::unique_ptr<tla::SpecSystem> small_spec(std::string_view units);

/// Init: n is 0, g is Null, b is FALSE, p is "a", q is 5. Three lines.
extern const std::string_view usual_start;

/// The steps from the first state, each as what it changed: "n[s1]=1 p[s2]=b", or "nothing"; or the
/// error without the file.
std::set<std::string> steps_of(std::string_view units);

}  // namespace lockstep::testing
