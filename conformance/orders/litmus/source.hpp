// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "orders/litmus/litmus.hpp"

namespace lockstep::orders::litmus {

/// Where something stands in a file.
struct Place {
  std::size_t line = 1, column = 1;
};

/// The file that is read, for the messages that name it.
struct Source {
  std::string file;
  /// No litmus test: throws InputError.
  [[noreturn]] void wrong(Place place, const std::string& what) const;
  /// A litmus test that we do not read: throws Unsupported.
  [[noreturn]] void unsupported(Place place, std::string construct) const;
};

/// What a test may be at most; more is Unsupported, so that no text can keep the reader busy.
namespace limits {
inline constexpr int depth = 200;     ///< nesting of expressions, statements, conditions
inline constexpr int iterations = 3;  ///< of a loop whose condition depends on what is read
inline constexpr int steps = 20'000;  ///< statements and expressions carried out, loops unrolled
inline constexpr std::size_t events = 1'000;
inline constexpr std::size_t names = 500;         ///< of the variables of a thread
inline constexpr std::size_t conditions = 2'000;  ///< that an event depends on
inline constexpr std::size_t parts = 3'000;       ///< of a value, written out
/// What can be computed with. Numbers beyond it, of up to 64 bits, can be copied and compared.
inline constexpr long number = 1'610'612'735;
inline constexpr int elements = 64;  ///< of an array
}  // namespace limits

}  // namespace lockstep::orders::litmus
