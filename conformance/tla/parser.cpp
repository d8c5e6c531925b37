// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/parser.hpp"

#include <algorithm>

#include "tla/precedence.hpp"

namespace lockstep::tla {

/// An operator that waits for its right operand.
struct Parser::Pending {
  Token token;
  Binding binding;
  NodePtr left;  ///< null before a prefix operator
};

/// Text that is nested without end must not end the program.
class Parser::Nesting {
 public:
  explicit Nesting(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ > 400) parser_.refuse(parser_.raw(), "nested too deeply");
  }
  ~Nesting() { --parser_.depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  Parser& parser_;
};

const Token& Parser::raw(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& Parser::peek() const {
  static const Token over;
  // TLA+'s rule for lists: all of an item stands to the right of its bullet.
  return raw().column > column_ ? raw() : over;
}

Token Parser::take() {
  const Token token = raw();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

void Parser::go_to(std::size_t position) {
  at_ = position;
  column_ = 0;
  depth_ = 0;
}

void Parser::refuse(const Token& token, const std::string& what) const {
  throw InputError{file_, token.line, token.column, what};
}

void Parser::unexpected(const std::string& expected) const {
  std::string what = describe(raw());
  if (raw().type != Token::Type::end && peek().type == Token::Type::end) {
    what += ", which is not to the right of the list's bullet";
  }
  refuse(raw(), what + "; expected " + expected);
}

Token Parser::expect(std::string_view symbol, std::string_view why) {
  const Token& next = peek();
  if (!next.is(symbol) && !next.is_name(symbol)) {
    unexpected("'" + std::string{symbol} + "'" + std::string{why});
  }
  return take();
}

Token Parser::expect_name(std::string_view what) {
  if (peek().type != Token::Type::name || is_reserved(peek().text)) unexpected(std::string{what});
  return take();
}

namespace {

/// What is said of truth values in time: each may stand before any other of them.
bool is_modal(std::string_view symbol) {
  return symbol == "[]" || symbol == "<>" || symbol == "~";
}

}  // namespace

NodePtr Parser::make(Node::Kind kind, const Token& at, std::vector<NodePtr> args) const {
  return std::make_shared<const Node>(Node{kind, at.text, std::move(args), {}, {}, place(at)});
}

NodePtr Parser::expression() {
  const Nesting nesting{*this};
  std::vector<Pending> pending;
  push_prefixes(pending);
  NodePtr last = operand();
  while (peek().type == Token::Type::symbol) {
    const Binding* binding = infix(peek().text);
    if (binding == nullptr) break;
    make_room(pending, last, peek(), *binding);
    pending.push_back({take(), *binding, std::move(last)});
    push_prefixes(pending);
    last = operand();
  }
  while (!pending.empty()) reduce(pending, last);
  return last;
}

void Parser::push_prefixes(std::vector<Pending>& pending) {
  while (peek().type == Token::Type::symbol) {
    const Binding* binding = prefix(peek().text);
    if (binding == nullptr) return;
    const bool modal = !pending.empty() && !pending.back().left && is_modal(peek().text) &&
                       is_modal(pending.back().token.text);
    if (!pending.empty() && pending.back().token.text != peek().text && !modal &&
        !tighter(*binding, pending.back().binding)) {
      refuse(peek(), "'" + peek().text + "' after '" + pending.back().token.text +
                         "'; expected parentheses");
    }
    pending.push_back({take(), *binding, nullptr});
  }
}

/// What binds tighter than the next operator gets `operand` as its right operand.
void Parser::make_room(std::vector<Pending>& pending, NodePtr& operand, const Token& next,
                       const Binding& binding) const {
  while (!pending.empty()) {
    const Pending& last = pending.back();
    if (tighter(binding, last.binding)) return;
    const bool again = last.left && last.token.text == next.text && binding.left;
    if (!again && !tighter(last.binding, binding)) {
      refuse(next, "'" + last.token.text + "' and '" + next.text +
                       "' side by side: neither binds tighter; expected parentheses");
    }
    reduce(pending, operand);
  }
}

void Parser::reduce(std::vector<Pending>& pending, NodePtr& operand) const {
  Pending last = std::move(pending.back());
  pending.pop_back();
  const std::string& op = last.token.text;
  const bool temporal = op == "~>" || op == "[]" || op == "<>";
  const auto kind = [&](Node::Kind usual) { return temporal ? Node::Kind::temporal : usual; };
  operand = last.left ? make(kind(Node::Kind::infix), last.token, {std::move(last.left), operand})
                      : make(kind(Node::Kind::prefix), last.token, {operand});
}

NodePtr Parser::operand() {
  const Token& next = peek();
  if (next.is("/\\") || next.is("\\/")) return list();
  if (next.is("\\A") || next.is("\\E")) return quantifier();
  if (next.is_name("IF")) return choice();
  if (next.is_name("CASE")) return cases();
  if (next.is_name("LET")) return let();
  if (next.is_name("CHOOSE")) return choose();
  if (next.is_name("DOMAIN") || next.is_name("UNCHANGED")) return of_operand();
  return postfix(primary());
}

NodePtr Parser::postfix(NodePtr node) {
  for (;;) {
    if (peek().is("'")) {
      const Token sign = take();
      node = make(Node::Kind::prime, sign, {std::move(node)});
    } else if (peek().is("[")) {
      const Token open = take();
      std::vector<NodePtr> keys = expressions("]");
      if (keys.size() != 1) refuse(open, "a function of a tuple is not understood");
      node = make(Node::Kind::apply, open, {std::move(node), std::move(keys.front())});
    } else {
      return node;
    }
  }
}

/// A list with bullets. Items go on to the next token that is not to the right of the bullet; the
/// list goes on if that is the same bullet in the same column.
NodePtr Parser::list() {
  const Token bullet = peek();
  const std::size_t outer = column_;
  std::vector<NodePtr> items;
  while (raw().is(bullet.text) && raw().column == bullet.column) {
    take();
    column_ = bullet.column;
    items.push_back(expression());
    column_ = outer;
  }
  const bool other = raw().is("/\\") || raw().is("\\/");
  if (other && raw().column == bullet.column) {
    refuse(raw(), "a bullet of another kind in the column of a list; expected parentheses");
  }
  return make(Node::Kind::list, bullet, std::move(items));
}

/// Expressions with commas between them, and what closes them.
std::vector<NodePtr> Parser::expressions(std::string_view close) {
  std::vector<NodePtr> out{expression()};
  while (peek().is(",")) {
    take();
    out.push_back(expression());
  }
  expect(close, " or ','");
  return out;
}

}  // namespace lockstep::tla
