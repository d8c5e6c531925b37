// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::beside {

/// Line and column begin at 1.
struct Place {
  std::string file;
  std::size_t line = 0, column = 0;
};

struct Word {
  std::string text;
  Place place;
};

/// `kernel: FUNCTION, PRIMITIVE (here ORDER: WHY)`, or `kernel: none, WHY`. What the names mean is
/// not known here: there are one or two, or none.
struct KernelComment {
  Place place;
  std::vector<Word> names;
  std::optional<Word> here;  ///< the order that differs from the primitive's
  std::string why;           ///< of `here`, or of `none`
  bool none = false;
};

/// `"Put_"_site`, or after a plus the end of several sites: `prefix + "Dec"_site`.
struct Literal {
  std::string name;
  bool suffix = false;
  Place place;
  std::string function;                      ///< the one that it stands in; ""
  std::optional<KernelComment> kernel;       ///< beside the literal
  std::optional<KernelComment> of_function;  ///< above the function, for all that stands in it
  std::vector<Word> pairs;                   ///< `pairs with A, B`
  std::vector<Word> races;                   ///< `races with A, B`

  /// The first of what it says beside the kernel's; none.
  const Word* partner() const {
    return !pairs.empty() ? &pairs.front() : races.empty() ? nullptr : &races.front();
  }
};

struct Scanned {
  std::vector<Literal> literals;
  std::vector<std::string> includes;  ///< in quotes
};

/// What a C++ text says beside its sites. A comment belongs to the first site that follows it, at
/// the end of a line to the sites of that line, above a function to all of its sites. It begins its
/// line, and goes on while a bracket is open, a line ends with a comma, or after `none`. Throws
/// InputError for one that is not understood, that stands beside nothing, or that says "pairs with"
/// or "races with" in prose.
Scanned scan(const std::string& file, const std::string& text);

}  // namespace lockstep::beside
