// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <z3++.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace lockstep::unbounded {

/// What the solver has shown, by its text: the forms of a protocol have most ways in common, and
/// what was shown of one need not be asked of the next. Nothing but the same text is taken for the
/// same, whichever context it is of; so what is not common is asked, whyever it differs. What was
/// shown from some of what was known is shown wherever no less is known.
class Shown {
 public:
  /// Two terms have one number when they are the same text but for the names of bound variables.
  /// 0: a term with something in it that is not understood here; it is the same as nothing.
  using Text = std::uint32_t;
  /// Of terms that are known together, in ascending order.
  using Texts = std::vector<Text>;

  /// A query: does `denied` contradict what is known of every state, and of the step?
  struct Query {
    Text step = 0, denied = 0;
    auto operator<=>(const Query&) const = default;
  };
  bool has(const Query& query, const Texts& known) const;
  /// The solver has said that it does, and needed no more than `from`. Not kept where a text is
  /// not understood.
  void add(const Query& query, Texts from);

 private:
  friend class Reading;
  using Key = std::vector<Text>;
  Text name(const std::string& text);
  Text number(const Key& key);

  mutable std::mutex mutex_;  ///< proofs that share it may run side by side
  std::map<std::string, Text, std::less<>> names_;
  std::map<Key, Text> numbers_;
  std::map<Query, std::vector<Texts>> shown_;
};

/// Numbers the terms of one context, and keeps them: a context may give the number of a term that
/// is gone to another.
class Reading {
 public:
  explicit Reading(Shown& shown) : shown_(shown) {}
  Shown::Text text(const z3::expr& term);
  /// Of all of them together, whatever their order.
  Shown::Text text(const z3::expr_vector& terms);
  /// Of each of them.
  Shown::Texts texts(const z3::expr_vector& terms);

 private:
  Shown::Text read(const z3::expr& term);
  Shown::Text name(const z3::sort& sort);

  Shown& shown_;
  std::vector<z3::expr> kept_;
  std::vector<z3::sort> kept_sorts_;
  std::unordered_map<unsigned, Shown::Text> met_, met_sorts_;  ///< by the context's numbers
};

}  // namespace lockstep::unbounded
