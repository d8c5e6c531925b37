// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/predicate.hpp"

#include <charconv>

#include "model/verdict.hpp"
#include "orders/program/lexer.hpp"

namespace lockstep::orders {

namespace {

class Parser {
 public:
  Parser(std::string_view text, std::string_view file, const Scope& scope)
      : file_{file},
        scope_{scope},
        tokens_{tokens(
            text, file,
            {"/\\", "\\/", "<=", ">=", "=", "#", "<", ">", "+", "-", "~", "(", ")", ".", "@"})} {}

  Term predicate() {
    const Term t = truth(either());
    if (peek().type != Token::Type::end) {
      fail(peek(), describe(peek()) + "; expected the end, /\\ or \\/");
    }
    return t;
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  Token next() { return tokens_[peek().type == Token::Type::end ? at_ : at_++]; }
  bool accept(std::string_view symbol) {
    if (peek().type != Token::Type::symbol || peek().text != symbol) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void fail(const Token& t, const std::string& what) const {
    throw InputError{file_, t.line, t.column, what};
  }

  static Term truth(const Named& n) { return term::both(n.exists, n.value); }

  Named either() {
    Named left = both();
    while (accept("\\/")) left = {term::either(truth(left), truth(both()))};
    return left;
  }
  Named both() {
    Named left = negation();
    while (accept("/\\")) left = {term::both(truth(left), truth(negation()))};
    return left;
  }
  Named negation() {
    if (accept("~")) return {term::negate(truth(negation()))};
    return comparison();
  }
  Named comparison() {
    const Named left = sum();
    for (const char* symbol : {"=", "#", "<=", ">=", "<", ">"}) {
      if (!accept(symbol)) continue;
      const Named right = sum();
      const std::string_view op = symbol;
      const Term a = left.value, b = right.value;
      const Term holds = op == "="    ? term::eq(a, b)
                         : op == "#"  ? term::ne(a, b)
                         : op == "<=" ? term::le(a, b)
                         : op == ">=" ? term::le(b, a)
                         : op == "<"  ? term::lt(a, b)
                                      : term::lt(b, a);
      return {term::both(term::both(left.exists, right.exists), holds)};
    }
    return left;
  }
  Named sum() {
    Named left = operand();
    for (;;) {
      const bool plus = accept("+");
      if (!plus && !accept("-")) return left;
      const Named right = operand();
      left = {plus ? term::add(left.value, right.value) : term::sub(left.value, right.value),
              term::both(left.exists, right.exists)};
    }
  }
  Named operand() {
    const Token t = next();
    if (t.type == Token::Type::symbol && t.text == "(") {
      Named inner = either();
      if (!accept(")")) fail(peek(), describe(peek()) + "; expected ')'");
      return inner;
    }
    if (t.type == Token::Type::number) {
      Atom value = 0;
      const auto [end, error] =
          std::from_chars(t.text.data(), t.text.data() + t.text.size(), value);
      if (error != std::errc{} || is_symbol(value)) {
        fail(t, "the number " + t.text + " is too large");
      }
      return {term::constant(value)};
    }
    if (t.type != Token::Type::name) fail(t, describe(t) + "; expected a value");
    if (t.text == "TRUE" || t.text == "FALSE") return {term::constant(t.text == "TRUE")};
    if (accept("@")) return known(t, scope_.event(t.text, qualified()), "no such task and site");
    if (accept(".")) {
      return known(t, scope_.value(t.text, qualified()), "no such task, and site or local of it");
    }
    return known(t, scope_.constant(t.text),
                 "no such name; expected task.SITE, task.local, "
                 "task@SITE, or a name of the question's cells");
  }
  /// `SITE`, or `SITE.cell` of a group.
  std::string qualified() {
    std::string out;
    do {
      const Token t = next();
      if (t.type != Token::Type::name) fail(t, describe(t) + "; expected a site or a local");
      out += (out.empty() ? "" : ".") + t.text;
    } while (accept("."));
    return out;
  }
  Named known(const Token& t, Named named, const std::string& otherwise) const {
    if (named.value == nullptr) {
      std::string whole = t.text;
      for (std::size_t i = 0; i < at_; ++i) {
        if (tokens_[i].line == t.line && tokens_[i].column > t.column) whole += tokens_[i].text;
      }
      fail(t, "'" + whole + "': " + otherwise);
    }
    return named;
  }

  std::string file_;
  const Scope& scope_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Term parse_predicate(std::string_view text, std::string_view file, const Scope& scope) {
  return Parser{text, file, scope}.predicate();
}

}  // namespace lockstep::orders
