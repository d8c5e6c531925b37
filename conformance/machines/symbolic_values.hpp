// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "lockstep/field.hpp"
#include "machines/name_numbers.hpp"
#include "model/term.hpp"

namespace lockstep {

class Extraction;
std::size_t segment_of(const Extraction* run);

/// A condition over terms. Converting it to bool asks which way the run goes.
struct SymbolicBool {
  Term term;
  Extraction* run = nullptr;
  std::size_t born = 0;  ///< the segment; 0 = a constant

  operator bool() const;  // NOLINT: `if (a == b)` must read as it does on the other machines
  SymbolicBool operator!() const { return {term::negate(term), run, born}; }
};
inline SymbolicBool both(const SymbolicBool& a, const SymbolicBool& b) {
  return {term::both(a.term, b.term), a.run, std::min(a.born, b.born)};
}
inline SymbolicBool either(const SymbolicBool& a, const SymbolicBool& b) {
  return {term::either(a.term, b.term), a.run, std::min(a.born, b.born)};
}

/// A value of kind `K` (int, or the objects of a kind) as a term. A value that was read before the
/// last site is stale: using it is an error, unless it is a named local.
template <class K>
struct Symbolic {
  using Kind = K;
  Term term;
  Extraction* run = nullptr;
  std::size_t born = 0;  ///< the segment; 0 = a constant

  const Term& fresh() const;
};

template <class K>
class SymbolicLocal;

template <class T>
struct IsSymbolic : std::false_type {};
template <class K>
struct IsSymbolic<Symbolic<K>> : std::true_type {};
template <class V>
struct IsSymbolic<SymbolicLocal<V>> : std::true_type {};

/// What protocol code may compare a term with.
template <class T>
concept SymbolicValue = IsSymbolic<T>::value;

inline Term term_of(std::integral auto value) {
  return term::constant(static_cast<Atom>(value));
}
inline Term term_of(Null) {
  return term::constant(null_atom);
}
template <FixedString S>
Term term_of(ModelValue<S>) {
  return term::constant(value_atom(ValueNumber<ModelValue<S>>::value));
}
template <class K>
Term term_of(const Symbolic<K>& value) {
  return value.fresh();
}
template <class K>
Extraction* run_of(const Symbolic<K>& value) {
  return value.run;
}

/// A named local: its value is what this segment gave it, else whatever it holds.
class SymbolicVariable {
 public:
  /// `refers`: it names an object, so that it is Null when it is forgotten.
  SymbolicVariable(Extraction& run, std::string_view name, bool refers, Atom dead, Term value);
  SymbolicVariable(SymbolicVariable&& other) noexcept;
  SymbolicVariable(const SymbolicVariable&) = delete;
  SymbolicVariable& operator=(const SymbolicVariable&) = delete;
  ~SymbolicVariable() { forget(); }

  void forget();
  Term term() const;
  Extraction* run() const { return run_; }
  explicit operator bool() const;

 protected:
  void assign(Term value);

 private:
  Extraction* run_;
  std::string name_;
  bool refers_;
  Atom dead_;
  Term value_;
  std::size_t assigned_ = 0;
  bool live_ = false, forgotten_ = false;
};

/// One whose values are of kind `K`.
template <class K>
class SymbolicLocal : public SymbolicVariable {
 public:
  SymbolicLocal(Extraction& run, std::string_view name, Atom dead, Term value)
      : SymbolicVariable(run, name, !std::is_same_v<K, int>, dead, std::move(value)) {}
  SymbolicLocal(SymbolicLocal&&) noexcept = default;
  SymbolicLocal& operator=(const SymbolicLocal& other) {
    assign(other.term());
    return *this;
  }
  template <class V>
  SymbolicLocal& operator=(const V& value) {
    assign(term_of(value));
    return *this;
  }
};

template <class K>
Term term_of(const SymbolicLocal<K>& local) {
  return local.term();
}
template <class K>
Extraction* run_of(const SymbolicLocal<K>& local) {
  return local.run();
}

template <class K>
std::size_t born_of(const Symbolic<K>& value) {
  return value.born;
}
template <class K>
std::size_t born_of(const SymbolicLocal<K>& local) {
  return segment_of(local.run());
}

template <SymbolicValue A, class B>
SymbolicBool operator==(const A& a, const B& b) {
  return {term::eq(term_of(a), term_of(b)), run_of(a), segment_of(run_of(a))};
}
template <SymbolicValue A, class B>
SymbolicBool operator!=(const A& a, const B& b) {
  return {term::ne(term_of(a), term_of(b)), run_of(a), segment_of(run_of(a))};
}
template <SymbolicValue A, class B>
SymbolicBool operator>=(const A& a, const B& b) {
  return {term::le(term_of(b), term_of(a)), run_of(a), segment_of(run_of(a))};
}
template <SymbolicValue A, class B>
SymbolicBool operator<=(const A& a, const B& b) {
  return {term::le(term_of(a), term_of(b)), run_of(a), segment_of(run_of(a))};
}
template <SymbolicValue A, class B>
SymbolicBool operator<(const A& a, const B& b) {
  return {term::lt(term_of(a), term_of(b)), run_of(a), segment_of(run_of(a))};
}
/// A sum lives as long as what it was made of.
template <SymbolicValue A>
Symbolic<int> operator-(const A& a, int b) {
  return {term::sub(term_of(a), term::constant(b)), run_of(a), born_of(a)};
}
/// The bits that both have.
template <SymbolicValue A>
Symbolic<int> operator&(const A& a, int b) {
  return {term::make(Op::band, {term_of(a), term::constant(b)}), run_of(a), born_of(a)};
}
template <SymbolicValue A>
Symbolic<int> operator|(const A& a, int b) {
  return {term::make(Op::bor, {term_of(a), term::constant(b)}), run_of(a), born_of(a)};
}
template <SymbolicValue A>
SymbolicBool odd(const A& a) {
  return (a & 1) != 0;
}
template <SymbolicValue A>
Symbolic<int> operator+(const A& a, int b) {
  return {term::add(term_of(a), term::constant(b)), run_of(a), born_of(a)};
}

}  // namespace lockstep
