// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>

#include "lockstep/field.hpp"
#include "machines/name_numbers.hpp"
#include "model/atom.hpp"

namespace lockstep {

class SteppedMachine;

constexpr Atom atom_of(std::integral auto value) {
  return static_cast<Atom>(value);
}
constexpr Atom atom_of(Null) {
  return null_atom;
}
template <FixedString S>
Atom atom_of(ModelValue<S>) {
  return value_atom(ValueNumber<ModelValue<S>>::value);
}

/// A reference to an object of kind `K`, as the stepped machine's code holds it.
template <class K>
struct Handle {
  using Kind = K;
  Atom atom = null_atom;

  friend bool operator==(Handle a, Handle b) { return a.atom == b.atom; }
  friend bool operator==(Handle a, Null) { return a.atom == null_atom; }
  template <FixedString S>
  friend bool operator==(Handle a, ModelValue<S> b) {
    return a.atom == atom_of(b);
  }
};

/// What a field of kind `K` holds: an int, or a handle.
template <class K>
struct ValueOf {
  using type = Handle<K>;
  static type from(Atom atom) { return {atom}; }
};
template <>
struct ValueOf<int> {
  using type = int;
  static int from(Atom atom) { return atom; }
};

template <class K>
constexpr Atom atom_of(Handle<K> handle) {
  return handle.atom;
}

/// A local that lives across sites. Its value stands in the state while it lives, and is dead
/// (Null, or FALSE) after its scope: the specification's variable of the same name.
template <class Value>
class NamedLocal {
 public:
  using Plain = Value;

  NamedLocal(Atom* slot, Atom dead, Value value) : slot_(slot), dead_(dead), value_(value) {
    *slot_ = atom_of(value_);
  }
  NamedLocal(NamedLocal&& other) noexcept
      : slot_(other.slot_), dead_(other.dead_), value_(other.value_) {
    other.slot_ = nullptr;
  }
  NamedLocal(const NamedLocal&) = delete;
  ~NamedLocal() { forget(); }

  NamedLocal& operator=(const NamedLocal& other) { return *this = other.value_; }
  NamedLocal& operator=(Value value) {
    value_ = value;
    *slot_ = atom_of(value_);
    return *this;
  }
  NamedLocal& operator=(Null) { return *this = Value{null_atom}; }
  template <FixedString S>
  NamedLocal& operator=(ModelValue<S> value) {
    return *this = Value{atom_of(value)};
  }

  /// Dead from here on: a reference is Null.
  void forget() {
    if (slot_ == nullptr) return;
    *slot_ = dead_;
    if constexpr (requires { value_.atom; }) value_ = Value{};
  }
  operator Value() const { return value_; }  // NOLINT: a local is its value
  Value get() const { return value_; }

  friend bool operator==(const NamedLocal& a, const NamedLocal& b) { return a.value_ == b.value_; }
  friend bool operator==(const NamedLocal& a, Value b) { return a.value_ == b; }
  friend bool operator==(const NamedLocal& a, Null b) { return a.value_ == b; }
  template <FixedString S>
  friend bool operator==(const NamedLocal& a, ModelValue<S> b) {
    return a.value_ == b;
  }

 private:
  Atom* slot_;
  Atom dead_;
  Value value_;
};

template <class Value>
constexpr Atom atom_of(const NamedLocal<Value>& local) {
  return atom_of(local.get());
}

template <class T>
struct PlainOf {
  using type = T;
};
template <class Value>
struct PlainOf<NamedLocal<Value>> {
  using type = Value;
};

}  // namespace lockstep
