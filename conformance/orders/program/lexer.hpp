// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::orders {

/// A token of one of our small languages (models, predicates).
struct Token {
  enum class Type { name, number, text, symbol, end };
  Type type = Type::end;
  std::string text;
  std::size_t line = 1, column = 1;
};

/// Splits `input` into names (letters, digits, `_`, and those of `in_names`), numbers, "texts" and
/// the given symbols, the longest first. `#` starts a comment unless it is a symbol.
std::vector<Token> tokens(std::string_view input, std::string_view file,
                          const std::vector<std::string>& symbols, std::string_view in_names = "");

/// `a name`, `')'`, `the end`: a token as an error message calls it.
std::string describe(const Token& token);

}  // namespace lockstep::orders
