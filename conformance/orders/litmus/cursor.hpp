// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "orders/litmus/lexer.hpp"
#include "orders/litmus/syntax.hpp"

namespace lockstep::orders::litmus {

/// Where a parser stands among the tokens of a test.
class Cursor {
 public:
  Cursor(const std::vector<Token>& tokens, const Source& source)
      : tokens_{tokens}, source_{source} {}

  const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  Token next() {
    const Token t = peek();
    if (t.type != Token::Type::end) ++at_;
    return t;
  }
  bool sees(std::string_view text, std::size_t ahead = 0) const {
    return peek(ahead).type != Token::Type::end && peek(ahead).text == text;
  }
  bool sees_name(std::size_t ahead = 0) const { return peek(ahead).type == Token::Type::name; }
  bool accept(std::string_view text) {
    if (!sees(text)) return false;
    next();
    return true;
  }
  Token expect(std::string_view text) {
    if (!sees(text)) wrong(peek(), "'" + std::string{text} + "'");
    return next();
  }
  std::string name(std::string_view what) {
    if (!sees_name()) wrong(peek(), what);
    return next().text;
  }
  /// A number that may have a sign.
  long number(std::string_view what);
  /// The number of a thread or of an element.
  int index(std::string_view what);

  [[noreturn]] void wrong(const Token& t, std::string_view expected) const {
    source_.wrong(t.place, describe(t) + "; expected " + std::string{expected});
  }
  const Source& source() const { return source_; }

  /// Counts how deep a parser is within itself.
  class Level {
   public:
    explicit Level(Cursor& cursor) : cursor_{cursor} {
      if (++cursor_.depth_ > limits::depth) {
        cursor_.source_.unsupported(cursor_.peek().place, "nesting this deep");
      }
    }
    ~Level() { --cursor_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Cursor& cursor_;
  };

 private:
  const std::vector<Token>& tokens_;
  const Source& source_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

/// `struct s *`, `volatile int`: reads over a type, where one begins. Is it an atomic type of C11?
bool begins_type(const Cursor& cursor, std::size_t ahead = 0);
bool skip_type(Cursor& cursor);

/// `P0`
bool names_thread(const Token& t);
/// `P0` or `0`
int parse_thread_number(Cursor& cursor);

std::vector<Initial> parse_initial(Cursor& cursor);
Thread parse_thread(Cursor& cursor);
Condition parse_condition(Cursor& cursor);
Value parse_value(Cursor& cursor);
void parse_locations(Cursor& cursor);

}  // namespace lockstep::orders::litmus
