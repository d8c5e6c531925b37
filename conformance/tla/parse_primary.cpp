// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "tla/parser.hpp"

// The operands of expressions.
namespace lockstep::tla {

bool is_reserved(std::string_view word) {
  constexpr std::array<std::string_view, 58> words = {
      "ACTION",      "ASSUME",    "ASSUMPTION", "AXIOM",     "BY",        "CASE",   "CHOOSE",
      "CONSTANT",    "CONSTANTS", "COROLLARY",  "DEF",       "DEFINE",    "DEFS",   "DOMAIN",
      "ELSE",        "ENABLED",   "EXCEPT",     "EXTENDS",   "HAVE",      "HIDE",   "IF",
      "IN",          "INSTANCE",  "LAMBDA",     "LEMMA",     "LET",       "LOCAL",  "MODULE",
      "NEW",         "OBVIOUS",   "OMITTED",    "ONLY",      "OTHER",     "PICK",   "PROOF",
      "PROPOSITION", "PROVE",     "QED",        "RECURSIVE", "STATE",     "SUBSET", "SUFFICES",
      "TAKE",        "TEMPORAL",  "THEN",       "THEOREM",   "UNCHANGED", "UNION",  "USE",
      "VARIABLE",    "VARIABLES", "WITH",       "WITNESS",   "TRUE",      "FALSE",  "BOOLEAN",
      "STRING",      "_"};
  return std::ranges::find(words, word) != words.end() || word.starts_with("WF_") ||
         word.starts_with("SF_");
}

NodePtr Parser::primary() {
  const Token& next = peek();
  switch (next.type) {
    case Token::Type::number: return make(Node::Kind::number, take());
    case Token::Type::string: return make(Node::Kind::string, take());
    case Token::Type::name: return name();
    case Token::Type::symbol:
      if (next.is("(")) {
        take();
        NodePtr inside = expression();
        expect(")");
        return inside;
      }
      if (next.is("{")) return braces();
      if (next.is("[")) return brackets();
      if (next.is("<<")) return tuple();
      if (next.is("@")) return make(Node::Kind::name, take());
      break;
    default: break;
  }
  unexpected("an expression");
}

NodePtr Parser::name() {
  const Token& next = peek();
  if (next.text.starts_with("WF_") || next.text.starts_with("SF_")) return fairness();
  const bool value = next.text == "TRUE" || next.text == "FALSE" || next.text == "BOOLEAN";
  if (!value && is_reserved(next.text)) refuse(next, "'" + next.text + "' is not understood here");
  const Token token = take();
  if (peek().is("!")) refuse(peek(), "names of an instance ('!') are not understood");
  if (!peek().is("(")) return make(Node::Kind::name, token);
  take();
  return make(Node::Kind::name, token, expressions(")"));
}

/// {}, {a, b}, {x \in S : P}
NodePtr Parser::braces() {
  const Token open = take();
  if (peek().is("}")) {
    take();
    return make(Node::Kind::set, open);
  }
  if (peek().type == Token::Type::name && raw(1).is("\\in")) {
    const Token variable = expect_name("a variable");
    take();
    NodePtr from = expression();
    expect(":", ": a set of truth values is not understood");
    Node node{Node::Kind::filter, open.text, {expression()}, {}, {}, place(open)};
    expect("}");
    node.bounds.push_back({{variable.text}, std::move(from)});
    return std::make_shared<const Node>(std::move(node));
  }
  NodePtr first = expression();
  if (peek().is(":")) refuse(peek(), "a set of the values of an expression is not understood");
  std::vector<NodePtr> elements{std::move(first)};
  if (peek().is(",")) {
    take();
    for (NodePtr& element : expressions("}")) elements.push_back(std::move(element));
  } else {
    expect("}", " or ','");
  }
  return make(Node::Kind::set, open, std::move(elements));
}

NodePtr Parser::choice() {
  const Token sign = take();
  NodePtr condition = expression();
  expect("THEN");
  NodePtr then = expression();
  expect("ELSE");
  return make(Node::Kind::choice, sign, {std::move(condition), std::move(then), expression()});
}

NodePtr Parser::cases() {
  const Token sign = take();
  std::vector<NodePtr> arms;
  for (;;) {
    const bool other = peek().is_name("OTHER");
    if (other) {
      take();
    } else {
      arms.push_back(expression());
    }
    expect("->");
    arms.push_back(expression());
    if (other || !peek().is("[]")) return make(Node::Kind::cases, sign, std::move(arms));
    take();
  }
}

NodePtr Parser::let() {
  const Token sign = take();
  Node node{Node::Kind::let, sign.text, {}, {}, {}, place(sign)};
  do {
    const Token token = expect_name("a name to define");
    Definition definition;
    definition.name = token.text;
    definition.place = place(token);
    definition.parameters = parameters();
    expect("==");
    definition.body = expression();
    node.definitions.push_back(std::move(definition));
  } while (!peek().is_name("IN"));
  take();
  node.args.push_back(expression());
  return std::make_shared<const Node>(std::move(node));
}

std::vector<Parameter> Parser::parameters() {
  std::vector<Parameter> out;
  if (!peek().is("(")) return out;
  do {
    take();
    Parameter parameter{expect_name("a parameter").text};
    if (peek().is("(")) {
      do {
        take();
        expect("_");
        ++parameter.arity;
      } while (peek().is(","));
      expect(")");
    }
    out.push_back(std::move(parameter));
  } while (peek().is(","));
  expect(")", " or ','");
  return out;
}

}  // namespace lockstep::tla
