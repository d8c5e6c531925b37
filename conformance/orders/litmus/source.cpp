// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/source.hpp"

#include "model/verdict.hpp"

namespace lockstep::orders::litmus {

std::string Unsupported::text() const {
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + construct +
         " is not supported";
}

void Source::wrong(Place place, const std::string& what) const {
  throw InputError{file, place.line, place.column, what};
}

void Source::unsupported(Place place, std::string construct) const {
  throw Unsupported{file, place.line, place.column, std::move(construct)};
}

std::string why_nothing_ends(const Test& test, const std::string& fault) {
  if (!fault.empty()) return "no execution ends: " + fault;
  if (test.cut_loops) {
    return "no execution ends within " + std::to_string(limits::iterations) +
           " iterations of each loop";
  }
  return "no execution ends: a deadlock, or a filter that none passes";
}

}  // namespace lockstep::orders::litmus
