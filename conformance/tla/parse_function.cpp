// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/parser.hpp"

// Functions, tuples, and what binds names.
namespace lockstep::tla {

/// [A -> B], [x \in S |-> e], [f EXCEPT ![x] = e]
NodePtr Parser::brackets() {
  const Token open = take();
  std::size_t ahead = 0;  // `x`, `x, y`: then it binds, if \in follows
  while (raw(ahead).type == Token::Type::name && raw(ahead + 1).is(",")) ahead += 2;
  if (raw(ahead).type == Token::Type::name && raw(ahead + 1).is("\\in")) return function_of(open);
  NodePtr from = expression();
  if (peek().is_name("EXCEPT")) return except(open, std::move(from));
  if (peek().is("]_")) return under(open, "[A]", std::move(from));
  if (!peek().is("->")) {
    unexpected(
        "'->', '|->', EXCEPT or ']_': of what begins with '[', only functions, sets of "
        "functions and [A]_v are understood");
  }
  take();
  NodePtr to = expression();
  expect("]");
  return make(Node::Kind::functions, open, {std::move(from), std::move(to)});
}

NodePtr Parser::function_of(const Token& open) {
  Node node{Node::Kind::function, open.text, {}, bounds(), {}, place(open)};
  if (node.bounds.size() != 1 || node.bounds[0].names.size() != 1) {
    refuse(open, "a function of several arguments is not understood; expected [x \\in S |-> e]");
  }
  expect("|->");
  node.args.push_back(expression());
  expect("]");
  return std::make_shared<const Node>(std::move(node));
}

NodePtr Parser::except(const Token& open, NodePtr function) {
  take();
  std::vector<NodePtr> args{std::move(function)};
  for (;;) {
    const Token sign = expect("!");
    std::vector<NodePtr> update;
    if (peek().is(".")) refuse(peek(), "records are not understood");
    do {
      const Token key = expect("[");
      std::vector<NodePtr> keys = expressions("]");
      if (keys.size() != 1) refuse(key, "a function of a tuple is not understood");
      update.push_back(std::move(keys.front()));
    } while (peek().is("["));
    expect("=", " or '['");
    update.push_back(expression());
    args.push_back(make(Node::Kind::update, sign, std::move(update)));
    if (!peek().is(",")) break;
    take();
  }
  expect("]", " or ','");
  return make(Node::Kind::except, open, std::move(args));
}

NodePtr Parser::tuple() {
  const Token open = take();
  if (peek().is(">>")) {
    take();
    return make(Node::Kind::tuple, open);
  }
  std::vector<NodePtr> items{expression()};
  if (peek().is(">>_")) return under(open, "<<A>>", std::move(items.front()));
  while (peek().is(",")) {
    take();
    items.push_back(expression());
  }
  expect(">>", " or ','");
  return make(Node::Kind::tuple, open, std::move(items));
}

/// [A]_v, <<A>>_v from what closes it on.
NodePtr Parser::under(const Token& open, std::string kind, NodePtr action) {
  take();
  Node node{Node::Kind::temporal, std::move(kind), {std::move(action)}, {}, {}, place(open)};
  node.args.push_back(subscript());
  return std::make_shared<const Node>(std::move(node));
}

/// WF_v(A), SF_v(A): a name right behind the sign belongs to the same token.
NodePtr Parser::fairness() {
  Token sign = take();
  Node node{Node::Kind::temporal, sign.text.substr(0, 2), {}, {}, {}, place(sign)};
  NodePtr v;
  if (sign.text.size() > 3) {
    sign.text.erase(0, 3);
    sign.column += 3;
    v = make(Node::Kind::name, sign);
  } else {
    v = subscript();
  }
  expect("(");
  node.args = {expression(), std::move(v)};
  expect(")");
  return std::make_shared<const Node>(std::move(node));
}

/// A name, a tuple, or what stands in parentheses.
NodePtr Parser::subscript() {
  if (peek().is("<<")) return tuple();
  if (peek().is("(")) {
    take();
    NodePtr inside = expression();
    expect(")");
    return inside;
  }
  return make(Node::Kind::name,
              expect_name("what the steps are asked to change: a name or a tuple"));
}

/// DOMAIN f, UNCHANGED x: of the operand that follows.
NodePtr Parser::of_operand() {
  const Token sign = take();
  return make(Node::Kind::prefix, sign, {postfix(primary())});
}

/// x, y \in S, z \in T
std::vector<Bound> Parser::bounds() {
  std::vector<Bound> out;
  for (;;) {
    Bound bound;
    bound.names.push_back(expect_name("a variable").text);
    while (peek().is(",")) {
      take();
      bound.names.push_back(expect_name("a variable").text);
    }
    expect("\\in", " or ','");
    bound.set = expression();
    out.push_back(std::move(bound));
    if (!peek().is(",")) return out;
    take();
  }
}

NodePtr Parser::quantifier() {
  const Token sign = take();
  Node node{Node::Kind::quantifier, sign.text, {}, bounds(), {}, place(sign)};
  expect(":", " or ','");
  node.args.push_back(expression());
  return std::make_shared<const Node>(std::move(node));
}

NodePtr Parser::choose() {
  const Token sign = take();
  Node node{Node::Kind::choose, sign.text, {}, bounds(), {}, place(sign)};
  if (node.bounds.size() != 1 || node.bounds[0].names.size() != 1) {
    refuse(sign, "expected CHOOSE x \\in S : P, of one name");
  }
  expect(":", " or ','");
  node.args.push_back(expression());
  return std::make_shared<const Node>(std::move(node));
}

}  // namespace lockstep::tla
