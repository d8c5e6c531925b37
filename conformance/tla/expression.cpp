// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/expression.hpp"

namespace lockstep::tla {

Expr rewrite(const Expr& expr, const std::function<Expr(const Expression&)>& f) {
  bool changed = false;
  std::vector<Expr> args;
  args.reserve(expr->args.size());
  for (const Expr& arg : expr->args) {
    args.push_back(rewrite(arg, f));
    changed = changed || args.back() != arg;
  }
  Expr here = expr;
  if (changed) {
    auto copy = std::make_shared<Expression>(*expr);
    copy->args = std::move(args);
    here = std::move(copy);
  }
  Expr other = f(*here);
  return other ? other : here;
}

}  // namespace lockstep::tla
