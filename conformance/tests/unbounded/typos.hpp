// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace lockstep::testing {

/// What the specification's modules say after "NAME ==", each character in its own column.
std::string text_of_conjunct(const std::string& name);

/// A conjunct's text with one typing mistake in it.
struct Typo {
  std::string conjunct;
  std::string name;  ///< "Count: = becomes # (2)": the second of those
  std::string text;
};

/// Every single mistake of some kinds: a symbol for one like it (= and #, /\ and \/, => and <=>,
/// \in and \notin, <= and <, + and -, \A and \E), a number one greater, a negation left out, THEN
/// and ELSE exchanged, a name for one like it, an item of a list left out.
std::vector<Typo> typos_of(const std::string& conjunct);

}  // namespace lockstep::testing
