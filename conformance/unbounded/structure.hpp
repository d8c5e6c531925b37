// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "unbounded/signature.hpp"

namespace lockstep::unbounded {

/// A state: what every function gives. The one before a step is the functions themselves; the one
/// after it is made of them by the writes of the step, so that what a step leaves alone needs no
/// axiom.
class Structure {
 public:
  using Arguments = std::vector<z3::expr>;
  using Read = std::function<Value(const Arguments&)>;

  explicit Structure(const Signature& signature);

  Value read(std::size_t function, const Arguments& at) const { return reads_[function](at); }
  /// The function gives `value` there, and what it gave elsewhere.
  void write(std::size_t function, const Arguments& at, const Value& value);
  /// It gives what `change` makes of the arguments and of what it gave.
  void change(std::size_t function,
              std::function<Value(const Arguments&, const Value& before)> change);
  /// Has it been written since the functions themselves?
  bool changed(std::size_t function) const { return changed_[function]; }

 private:
  std::vector<Read> reads_;
  std::vector<bool> changed_;
};

/// `condition ? then : otherwise`, nullness included.
Value choose(const z3::expr& condition, const Value& then, const Value& otherwise);
/// Are they the same value? Null equals Null alone.
z3::expr equal(const Value& a, const Value& b);

}  // namespace lockstep::unbounded
