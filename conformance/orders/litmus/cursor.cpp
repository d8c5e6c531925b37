// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/cursor.hpp"

#include <array>

namespace lockstep::orders::litmus {

namespace {

constexpr std::array qualifiers{"const",  "volatile", "unsigned", "signed",
                                "static", "register", "extern",   "inline"};
constexpr std::array types{"int",   "long", "short", "char",  "void",  "bool", "_Bool",
                           "float", "u8",   "u16",   "u32",   "u64",   "s8",   "s16",
                           "s32",   "s64",  "__u32", "__u64", "__s32", "__s64"};
constexpr std::array atomics{"_Atomic",     "atomic_int",  "atomic_uint",  "atomic_bool",
                             "atomic_char", "atomic_long", "atomic_ulong", "atomic_short"};

bool among(const auto& list, const std::string& text) {
  return std::ranges::find(list, text) != list.end();
}
bool is_atomic(const Token& t) {
  return among(atomics, t.text);
}
bool is_type(const Token& t) {
  return t.type == Token::Type::name && (among(qualifiers, t.text) || among(types, t.text) ||
                                         is_atomic(t) || t.text.ends_with("_t"));
}

}  // namespace

long Cursor::number(std::string_view what) {
  const bool negative = accept("-");
  if (peek().type != Token::Type::number) wrong(peek(), what);
  const auto value = static_cast<unsigned long>(next().number);
  return static_cast<long>(negative ? -value : value);
}

int Cursor::index(std::string_view what) {
  if (peek().type != Token::Type::number) wrong(peek(), what);
  const Token t = next();
  if (t.number < 0 || t.number > 1'000'000) {
    source_.unsupported(t.place, "a number this large here");
  }
  return static_cast<int>(t.number);
}

bool begins_type(const Cursor& cursor, std::size_t ahead) {
  if (cursor.sees("struct", ahead) || cursor.sees("union", ahead)) {
    return cursor.sees_name(ahead + 1);
  }
  return is_type(cursor.peek(ahead));
}

bool skip_type(Cursor& cursor) {
  bool atomic = false;
  while (begins_type(cursor)) {
    if (cursor.sees("struct") || cursor.sees("union")) cursor.next();
    atomic = is_atomic(cursor.next()) || atomic;
  }
  return atomic;
}

}  // namespace lockstep::orders::litmus
