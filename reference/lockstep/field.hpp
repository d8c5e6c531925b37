// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <tuple>
#include <type_traits>

#include "lockstep/names.hpp"

namespace lockstep {

/// A field of a shared object of kind `ObjectKind`, holding an `int` or a reference to an object
/// (its kind as `ValueKind`). Protocol code never holds a cell: it names object and field, and the
/// machine knows where that is.
template <FixedString S, class ObjectKind, class ValueKind>
struct Field {
  static constexpr std::string_view name = S.view();
  using Object = ObjectKind;
  using Value = ValueKind;
};

// The three below refer to what they name, so they live no longer than the call they stand in.

/// An element of an array field: `tree[address]`.
template <class FieldType, class Index>
struct Element {
  using Object = typename FieldType::Object;
  using Value = typename FieldType::Value;
  const Index& index;
};

/// A field with one cell for each object of `IndexKind`.
template <FixedString S, class ObjectKind, class ValueKind, class IndexKind>
struct ArrayField {
  static constexpr std::string_view name = S.view();
  using Object = ObjectKind;
  using Value = ValueKind;
  using IndexBy = IndexKind;

  template <class Index>
  constexpr Element<ArrayField, Index> operator[](const Index& index) const {
    return {index};
  }
};

template <auto... F>
struct Fields {
  using Tuple = std::tuple<std::remove_cvref_t<decltype(F)>...>;
};

/// One cell that a site reads plainly just before its own access, in the same step. A load or a
/// fetch_sub takes any number of them. Only for a field that nobody can change now, because this
/// task holds what keeps it still.
template <class Object, class FieldOrElement>
struct Also {
  const Object& object;
  const FieldOrElement& field;
};
template <class Object, class FieldOrElement>
constexpr Also<Object, FieldOrElement> also(const Object& object, const FieldOrElement& field) {
  return {object, field};
}

/// One plain write of a group: `object->field = value`.
template <class Object, class FieldOrElement, class Value>
struct Write {
  const Object& object;
  const FieldOrElement& field;
  const Value& value;
};
template <class Object, class FieldOrElement, class Value>
constexpr Write<Object, FieldOrElement, Value> write(const Object& object,
                                                     const FieldOrElement& field,
                                                     const Value& value) {
  return {object, field, value};
}

/// Conditions on values: on a machine whose values are terms, `&&` would branch.
constexpr bool both(bool a, bool b) {
  return a && b;
}
constexpr bool either(bool a, bool b) {
  return a || b;
}

constexpr bool odd(int value) {
  return (value & 1) != 0;
}

/// No object: equal to the null reference of every kind.
struct Null {};
inline constexpr Null null;

/// A further name of no object, equal to itself alone: what a lookup leaves in a local when it must
/// start anew, for one. The registration lists it: a constant of the specification, its own name.
template <FixedString S>
struct ModelValue {
  static constexpr std::string_view name = S.view();
};
template <class V>
struct IsModelValue : std::false_type {};
template <FixedString S>
struct IsModelValue<ModelValue<S>> : std::true_type {};

}  // namespace lockstep
