// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/structure.hpp"

namespace lockstep::unbounded {

namespace {
z3::expr is_null(const Value& value) {
  return value.null ? *value.null : value.term.ctx().bool_val(false);
}
}  // namespace

Structure::Structure(const Signature& signature) : changed_(signature.size()) {
  for (const Function& f : signature.functions()) {
    reads_.push_back([&f](const Arguments& at) {
      z3::expr_vector arguments(f.value.ctx());
      for (const z3::expr& a : at) arguments.push_back(a);
      Value out{f.value(arguments), {}};
      if (f.null) out.null = (*f.null)(arguments);
      return out;
    });
  }
}

void Structure::write(std::size_t function, const Arguments& at, const Value& value) {
  change(function, [at, value](const Arguments& here, const Value& before) {
    z3::expr same = here.front() == at.front();
    for (std::size_t i = 1; i < at.size(); ++i) same = same && here[i] == at[i];
    return choose(same.simplify(), value, before);
  });
}

void Structure::change(std::size_t function,
                       std::function<Value(const Arguments&, const Value& before)> change) {
  changed_[function] = true;
  reads_[function] = [change = std::move(change), read = reads_[function]](const Arguments& at) {
    return change(at, read(at));
  };
}

Value choose(const z3::expr& condition, const Value& then, const Value& otherwise) {
  if (condition.is_true()) return then;
  if (condition.is_false()) return otherwise;
  Value out{z3::ite(condition, then.term, otherwise.term), {}};
  if (then.null || otherwise.null) out.null = z3::ite(condition, is_null(then), is_null(otherwise));
  return out;
}

z3::expr equal(const Value& a, const Value& b) {
  if (!a.null && !b.null) return a.term == b.term;
  const z3::expr x = is_null(a), y = is_null(b);
  return (x && y) || (!x && !y && a.term == b.term);
}

}  // namespace lockstep::unbounded
