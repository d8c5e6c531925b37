// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::tla {

struct Token {
  enum class Type {
    name,
    number,
    string,      ///< `text` without its quotes
    symbol,      ///< of two spellings of one operator, always the same: # for /=
    separator,   ///< ----
    module_end,  ///< ====
    end
  };
  Type type = Type::end;
  std::string text;
  std::size_t line = 1, column = 1;

  bool is(std::string_view symbol) const { return type == Type::symbol && text == symbol; }
  bool is_name(std::string_view name) const { return type == Type::name && text == name; }
};

/// A comment that has its lines for itself.
struct Comment {
  std::size_t first_line = 0, last_line = 0;
  std::string text;  ///< in one line, without the signs of a comment
};

struct Tokens {
  std::vector<Token> tokens;  ///< the last one is the end
  std::vector<Comment> comments;
};

/// Splits TLA+ into tokens. Columns are kept: they decide which list an item belongs to. What
/// could shift them, a tab or a character of several bytes, is refused, except in comments with
/// nothing after them on their line. Throws InputError.
Tokens tokens(std::string_view text, std::string_view file, std::size_t first_line = 1);

/// `'=>'`, `the end`: a token as an error message calls it.
std::string describe(const Token& token);

}  // namespace lockstep::tla
