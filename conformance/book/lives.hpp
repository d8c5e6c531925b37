// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "claims/judges.hpp"

namespace lockstep::book {

/// Of a number that objects have: every value that it takes, and which sites take it from one to
/// another. In words and as a graph for Graphviz.
struct Life {
  std::string field, kind, dot;
};

/// The lives of all numbers of a subject's objects, from each of its states. What only matters by
/// whether it equals another number has no life of its own; what one site alone changes is left
/// out. Throws Undecided above `most` states.
std::vector<Life> lives_of(const Subject& subject, std::size_t most);

}  // namespace lockstep::book
