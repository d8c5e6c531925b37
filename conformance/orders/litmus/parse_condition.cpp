// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/cursor.hpp"

namespace lockstep::orders::litmus {

namespace {

Condition disjunction(Cursor& cursor);

bool begins_register(const Cursor& cursor) {
  return cursor.sees(":", 1) &&
         (cursor.peek().type == Token::Type::number || names_thread(cursor.peek()));
}

/// `0:r1`, `P0:r1`, `x`, `*x`, `[x]`, `x[1]`
Observable observable(Cursor& cursor) {
  Observable o;
  o.place = cursor.peek().place;
  if (begins_register(cursor)) {
    o.thread = parse_thread_number(cursor);
    cursor.expect(":");
    o.name = cursor.name("the name of a register");
    return o;
  }
  const bool bracket = cursor.accept("[");
  if (!bracket) cursor.accept("*");
  o.name = cursor.name("a register, as in '0:r1', or the name of a variable");
  if (bracket) cursor.expect("]");
  if (cursor.accept("[")) {
    o.index = cursor.index("the number of an element");
    cursor.expect("]");
  }
  return o;
}

Condition atom(Cursor& cursor) {
  const Cursor::Level level{cursor};
  Condition c;
  c.place = cursor.peek().place;
  if (cursor.accept("(")) {
    c = disjunction(cursor);
    cursor.expect(")");
    return c;
  }
  if (cursor.accept("~") || cursor.accept("not")) {
    c.kind = Condition::Kind::negation;
    c.args.push_back(atom(cursor));
    return c;
  }
  if (cursor.sees("true") || cursor.sees("false")) {
    c.positive = cursor.next().text == "true";
    return c;
  }
  c.kind = Condition::Kind::compare;
  c.left = observable(cursor);
  c.positive = !cursor.accept("!=");
  if (c.positive && cursor.accept("<")) {
    cursor.expect(">");
    c.positive = false;
  } else if (c.positive && !cursor.accept("==")) {
    cursor.expect("=");
  }
  if (begins_register(cursor)) {
    c.right_register = observable(cursor);
  } else {
    c.right = parse_value(cursor);
  }
  return c;
}

/// `a => b` binds tighter than `/\` and to the right, as herd7 reads it.
Condition implication(Cursor& cursor) {
  const Cursor::Level level{cursor};
  Condition first = atom(cursor);
  if (!cursor.accept("=>")) return first;
  Condition denied;
  denied.kind = Condition::Kind::negation;
  denied.place = first.place;
  denied.args.push_back(std::move(first));
  Condition c;
  c.kind = Condition::Kind::either;
  c.place = denied.place;
  c.args.push_back(std::move(denied));
  c.args.push_back(implication(cursor));
  return c;
}

Condition chain(Cursor& cursor, std::string_view sign, Condition::Kind kind,
                Condition (*part)(Cursor&)) {
  Condition first = part(cursor);
  if (!cursor.sees(sign)) return first;
  Condition c;
  c.kind = kind;
  c.place = first.place;
  c.args.push_back(std::move(first));
  while (cursor.accept(sign)) c.args.push_back(part(cursor));
  return c;
}

Condition conjunction(Cursor& cursor) {
  return chain(cursor, "/\\", Condition::Kind::both, implication);
}
Condition disjunction(Cursor& cursor) {
  return chain(cursor, "\\/", Condition::Kind::either, conjunction);
}

}  // namespace

Condition parse_condition(Cursor& cursor) {
  return disjunction(cursor);
}

void parse_locations(Cursor& cursor) {
  cursor.expect("[");
  while (!cursor.accept("]")) {
    if (cursor.accept(";")) continue;
    observable(cursor);
    skip_type(cursor);
    while (cursor.accept("*")) {
    }
    if (!cursor.sees("]")) cursor.expect(";");
  }
}

}  // namespace lockstep::orders::litmus
