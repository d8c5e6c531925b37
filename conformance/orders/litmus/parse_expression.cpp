// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/parse_expression.hpp"

#include <array>

namespace lockstep::orders::litmus {

namespace {

using Kind = Expr::Kind;

/// From the loosest to the tightest.
const std::vector<std::vector<std::string_view>> levels{
    {"||"},       {"&&"},     {"|"},          {"^"}, {"&"}, {"==", "!="}, {"<=", ">=", "<", ">"},
    {"<<", ">>"}, {"+", "-"}, {"*", "/", "%"}};
constexpr std::array assignments{"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="};
constexpr std::array prefixes{"++", "--", "*", "&", "-", "+", "!", "~"};

class ExpressionParser {
 public:
  ExpressionParser(Cursor& cursor, std::set<std::string>& names) : cursor_{cursor}, names_{names} {}

  ExprPtr comma() {
    ExprPtr e = assignment();
    while (cursor_.sees(",")) {
      const Token t = cursor_.next();
      e = make(Kind::binary, t, {e, assignment()});
    }
    return e;
  }
  ExprPtr assignment() {
    const Cursor::Level level{cursor_};
    ExprPtr left = conditional();
    for (const char* sign : assignments) {
      if (!cursor_.sees(sign)) continue;
      const Token t = cursor_.next();
      return make(Kind::assign, t, {left, assignment()});
    }
    return left;
  }

 private:
  ExprPtr make(Kind kind, const Token& t, std::vector<ExprPtr> args) {
    Expr e;
    e.kind = kind;
    e.place = t.place;
    e.text = t.text;
    e.number = t.number;
    for (const ExprPtr& arg : args) e.depth = std::max(e.depth, arg->depth + 1);
    if (e.depth > limits::depth) cursor_.source().unsupported(t.place, "nesting this deep");
    e.args = std::move(args);
    return std::make_shared<const Expr>(std::move(e));
  }

  ExprPtr conditional() {
    ExprPtr condition = binary(0);
    if (!cursor_.sees("?")) return condition;
    const Token t = cursor_.next();
    ExprPtr then = comma();
    cursor_.expect(":");
    const Cursor::Level level{cursor_};
    return make(Kind::conditional, t, {condition, then, conditional()});
  }
  ExprPtr binary(std::size_t level) {
    if (level == levels.size()) return unary();
    ExprPtr left = binary(level + 1);
    while (true) {
      const auto sign =
          std::ranges::find_if(levels[level], [this](auto s) { return cursor_.sees(s); });
      if (sign == levels[level].end()) return left;
      const Token t = cursor_.next();
      left = make(Kind::binary, t, {left, binary(level + 1)});
    }
  }
  ExprPtr unary() {
    const Cursor::Level level{cursor_};
    for (const char* sign : prefixes) {
      if (!cursor_.sees(sign)) continue;
      const Token t = cursor_.next();
      return make(Kind::unary, t, {unary()});
    }
    if (cursor_.sees("(") && begins_type(cursor_, 1)) {  // a cast changes no value here
      cursor_.next();
      skip_type(cursor_);
      while (cursor_.accept("*")) {
      }
      cursor_.expect(")");
      return unary();
    }
    return after();
  }
  ExprPtr after() {
    ExprPtr e = primary();
    while (true) {
      const Token t = cursor_.peek();
      if (cursor_.accept("[")) {
        e = make(Kind::index, t, {e, comma()});
        cursor_.expect("]");
      } else if (cursor_.sees("++") || cursor_.sees("--")) {
        e = make(Kind::after, cursor_.next(), {e});
      } else if (cursor_.sees("->") || cursor_.sees(".")) {
        cursor_.source().unsupported(t.place, "a member of a structure");
      } else {
        return e;
      }
    }
  }
  ExprPtr primary() {
    const Token t = cursor_.peek();
    if (t.type == Token::Type::number) return make(Kind::number, cursor_.next(), {});
    if (cursor_.accept("(")) {
      ExprPtr e = comma();
      cursor_.expect(")");
      return e;
    }
    if (t.type != Token::Type::name) cursor_.wrong(t, "an expression");
    cursor_.next();
    names_.insert(t.text);
    if (t.text.starts_with("__") && cursor_.sees("{")) {
      cursor_.source().unsupported(t.place, "herd7's own function '" + t.text + "{}'");
    }
    if (!cursor_.accept("(")) return make(Kind::name, t, {});
    std::vector<ExprPtr> args;
    while (!cursor_.accept(")")) {
      args.push_back(assignment());
      if (!cursor_.sees(")")) cursor_.expect(",");
    }
    return make(Kind::call, t, std::move(args));
  }

  Cursor& cursor_;
  std::set<std::string>& names_;
};

}  // namespace

ExprPtr parse_expression(Cursor& cursor, std::set<std::string>& names) {
  return ExpressionParser{cursor, names}.comma();
}

ExprPtr parse_assignment(Cursor& cursor, std::set<std::string>& names) {
  return ExpressionParser{cursor, names}.assignment();
}

}  // namespace lockstep::orders::litmus
