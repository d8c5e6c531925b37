// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orders/litmus/source.hpp"

namespace lockstep::orders::litmus {

struct Token {
  enum class Type { name, number, symbol, end };
  Type type = Type::end;
  std::string text;
  long number = 0;  ///< of up to 64 bits, as in two's complement
  Place place;
};

/// A litmus file, cut up. What stands between the name and the initial state is for people.
struct Tokens {
  std::string language;  ///< the first word: `C`
  Place language_place;
  std::string name;
  std::vector<Token> tokens;  ///< from the brace that opens the initial state
  std::optional<std::string> result;
};

/// `(* *)` is a comment outside of the threads, `//` and `/* */` are comments everywhere.
Tokens cut(std::string_view text, const Source& source);

/// `'='`, `the end`: a token as a message calls it.
std::string describe(const Token& token);

}  // namespace lockstep::orders::litmus
