// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/lexer.hpp"

#include <algorithm>
#include <cctype>

#include "model/verdict.hpp"

namespace lockstep::orders {

std::vector<Token> tokens(std::string_view input, std::string_view file,
                          const std::vector<std::string>& symbols, std::string_view in_names) {
  std::vector<Token> out;
  std::size_t line = 1, start_of_line = 0, at = 0;
  const bool comments = std::ranges::find(symbols, "#") == symbols.end();
  const auto is = [](int (*kind)(int), char c) { return kind(static_cast<unsigned char>(c)) != 0; };
  while (at < input.size()) {
    const char c = input[at];
    const std::size_t column = at - start_of_line + 1;
    if (c == '\n') {
      ++line;
      start_of_line = ++at;
    } else if (is(std::isspace, c)) {
      ++at;
    } else if (comments && c == '#') {
      at = std::min(input.find('\n', at), input.size());
    } else if (c == '"') {
      const std::size_t close = input.find_first_of("\"\n", at + 1);
      if (close == std::string_view::npos || input[close] == '\n') {
        throw InputError{file, line, column, "a text without its end; expected '\"'"};
      }
      out.push_back(
          {Token::Type::text, std::string{input.substr(at + 1, close - at - 1)}, line, column});
      at = close + 1;
    } else if (is(std::isalpha, c) || c == '_') {
      std::size_t end = at;
      while (end < input.size() && (is(std::isalnum, input[end]) || input[end] == '_' ||
                                    in_names.find(input[end]) != std::string_view::npos)) {
        ++end;
      }
      out.push_back({Token::Type::name, std::string{input.substr(at, end - at)}, line, column});
      at = end;
    } else if (is(std::isdigit, c)) {
      std::size_t end = at;
      while (end < input.size() && is(std::isdigit, input[end])) ++end;
      out.push_back({Token::Type::number, std::string{input.substr(at, end - at)}, line, column});
      at = end;
    } else {
      const auto found = std::ranges::find_if(
          symbols, [&](const std::string& s) { return input.substr(at, s.size()) == s; });
      if (found == symbols.end()) {
        throw InputError{file, line, column,
                         "the character '" + std::string{c} + "' means nothing here"};
      }
      out.push_back({Token::Type::symbol, *found, line, column});
      at += found->size();
    }
  }
  out.push_back({Token::Type::end, "", line, at - start_of_line + 1});
  return out;
}

std::string describe(const Token& token) {
  if (token.type == Token::Type::end) return "the end";
  return "'" + token.text + "'";
}

}  // namespace lockstep::orders
