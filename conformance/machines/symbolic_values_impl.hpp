// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "machines/extraction.hpp"
#include "machines/symbolic_values.hpp"

// The bodies of the symbolic values, which need to know the extraction.
namespace lockstep {

template <class K>
const Term& Symbolic<K>::fresh() const {
  if (born != 0) run->check_use(term, born);
  return term;
}

}  // namespace lockstep
