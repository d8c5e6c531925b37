// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tla/syntax.hpp"

namespace lockstep::tla {

struct Binding;

/// Reads expressions of TLA+. Everything that it does not know is refused.
class Parser {
 public:
  Parser(const std::vector<Token>& tokens, std::string_view file) : tokens_(tokens), file_(file) {}

  NodePtr expression();
  /// `(a, goes(_))`, if there is a parenthesis.
  std::vector<Parameter> parameters();

  /// The next token, or the end where one must not be read: an item of a list is over.
  const Token& peek() const;
  /// The tokens as they come, whatever list is open.
  const Token& raw(std::size_t ahead = 0) const;
  Token take();
  Token expect(std::string_view symbol, std::string_view why = "");
  Token expect_name(std::string_view what);
  std::size_t position() const { return at_; }
  void go_to(std::size_t position);
  Place place(const Token& token) const { return {file_, token.line, token.column}; }
  [[noreturn]] void refuse(const Token& token, const std::string& what) const;
  [[noreturn]] void unexpected(const std::string& expected) const;

 private:
  struct Pending;
  class Nesting;

  NodePtr make(Node::Kind kind, const Token& at, std::vector<NodePtr> args = {}) const;
  void push_prefixes(std::vector<Pending>& pending);
  void make_room(std::vector<Pending>& pending, NodePtr& operand, const Token& next,
                 const Binding& binding) const;
  void reduce(std::vector<Pending>& pending, NodePtr& operand) const;
  NodePtr operand();
  NodePtr primary();
  NodePtr name();
  NodePtr postfix(NodePtr node);
  NodePtr list();
  NodePtr braces();
  NodePtr brackets();
  NodePtr function_of(const Token& open);
  NodePtr except(const Token& open, NodePtr function);
  NodePtr tuple();
  NodePtr under(const Token& open, std::string kind, NodePtr action);
  NodePtr fairness();
  NodePtr subscript();
  NodePtr of_operand();
  std::vector<Bound> bounds();
  NodePtr quantifier();
  NodePtr choose();
  NodePtr choice();
  NodePtr cases();
  NodePtr let();
  std::vector<NodePtr> expressions(std::string_view close);

  const std::vector<Token>& tokens_;
  std::string file_;
  std::size_t at_ = 0;
  std::size_t column_ = 0;  ///< of the bullets of the innermost open list
  std::size_t depth_ = 0;
};

/// Is it a word of TLA+ that can be no name?
bool is_reserved(std::string_view word);

}  // namespace lockstep::tla
