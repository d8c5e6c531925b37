// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/litmus/thread_reader.hpp"

namespace lockstep::orders::litmus {

namespace {

using Kind = Expr::Kind;

bool is_object(const Expr& e) {
  return e.kind == Kind::index || (e.kind == Kind::unary && e.text == "*");
}

/// Does its value take an access to memory? `located` = it is an object, and only its place counts.
bool accesses(const ExprPtr& e, bool located = false) {
  if (e->kind == Kind::call || (is_object(*e) && !located)) return true;
  const bool address = e->kind == Kind::unary && e->text == "&";
  return std::ranges::any_of(e->args, [&](const ExprPtr& arg) { return accesses(arg, address); });
}

}  // namespace

void check_sequence(const Expr& e, std::string_view arguments, const Source& source) {
  int some = 0;
  for (std::size_t i = 0; i < e.args.size(); ++i) {
    const bool located = e.kind == Kind::call ? i < arguments.size() && arguments[i] == 'L'
                                              : e.kind == Kind::assign && e.text == "=" && i == 0;
    if (accesses(e.args[i], located) && ++some > 1) {
      source.unsupported(e.place, "'" + e.text + "' with accesses that C puts in no order");
    }
  }
}

}  // namespace lockstep::orders::litmus
