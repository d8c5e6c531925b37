// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/cursor.hpp"

namespace lockstep::orders::litmus {

Value parse_value(Cursor& cursor) {
  const Cursor::Level level{cursor};
  Value v;
  v.place = cursor.peek().place;
  if (cursor.accept("(")) {  // of a cast, or around a value
    const bool cast = begins_type(cursor);
    skip_type(cursor);
    while (cast && cursor.accept("*")) {
    }
    if (!cast) v = parse_value(cursor);
    cursor.expect(")");
    return cast ? parse_value(cursor) : v;
  }
  if (cursor.sees("ATOMIC_INIT") || cursor.sees("ATOMIC64_INIT") ||
      cursor.sees("ATOMIC_LONG_INIT")) {
    cursor.next();
    cursor.expect("(");
    v.number = cursor.number("the initial value");
    cursor.expect(")");
  } else if (cursor.accept("NULL") || cursor.accept("false")) {
    v.number = 0;
  } else if (cursor.accept("true")) {
    v.number = 1;
  } else if (cursor.accept("&") || cursor.sees_name()) {
    v.address = cursor.name("the name of a variable");
    if (cursor.sees("[")) cursor.source().unsupported(v.place, "the address of an element");
    if (cursor.sees("(")) cursor.source().unsupported(v.place, "'" + v.address + "()' as a value");
  } else {
    v.number = cursor.number("a number, or the name of a variable");
  }
  return v;
}

namespace {

void values(Cursor& cursor, Initial& initial) {
  if (!cursor.accept("{")) {
    initial.values.push_back(parse_value(cursor));
    return;
  }
  if (!initial.elements) cursor.source().unsupported(initial.place, "a structure");
  while (!cursor.accept("}")) {
    initial.values.push_back(parse_value(cursor));
    if (!cursor.sees("}")) cursor.expect(",");
  }
}

/// `int *x = &y`, `0:r1 = 3`, `int 0:r1 = 3`, `[x] = 1`, `int a[2] = {1, 2}`
Initial one(Cursor& cursor) {
  Initial i;
  i.place = cursor.peek().place;
  const bool typed = begins_type(cursor) && !cursor.sees("=", 1) && !cursor.sees(";", 1);
  if (typed) skip_type(cursor);
  while (cursor.accept("*")) {
  }
  if (cursor.peek().type == Token::Type::number ||
      (names_thread(cursor.peek()) && cursor.sees(":", 1))) {
    i.thread = parse_thread_number(cursor);
    cursor.expect(":");
    if (begins_type(cursor)) skip_type(cursor);
    while (cursor.accept("*")) {
    }
  }
  const bool bracket = cursor.accept("[");
  i.place = cursor.peek().place;
  i.name = cursor.name("the name of a variable or register");
  if (bracket) cursor.expect("]");
  if (cursor.accept("[")) {
    const Place size = cursor.peek().place;
    i.elements = cursor.index("the number of elements");
    cursor.expect("]");
    i.element = !typed;
    if (*i.elements > limits::elements || (typed && *i.elements == 0)) {
      cursor.source().unsupported(size, "an array of " + std::to_string(*i.elements) + " elements");
    }
    if (cursor.sees("[")) cursor.source().unsupported(size, "an array of arrays");
  }
  if (cursor.accept("=")) values(cursor, i);
  return i;
}

}  // namespace

std::vector<Initial> parse_initial(Cursor& cursor) {
  std::vector<Initial> out;
  cursor.expect("{");
  while (!cursor.accept("}")) {
    if (cursor.accept(";")) continue;
    out.push_back(one(cursor));
    while (cursor.accept(",")) out.push_back(one(cursor));
    if (!cursor.sees("}")) cursor.expect(";");
  }
  return out;
}

}  // namespace lockstep::orders::litmus
