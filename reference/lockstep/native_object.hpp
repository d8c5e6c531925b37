// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <limits>
#include <string_view>
#include <type_traits>
#include <utility>

#include "lockstep/field.hpp"

// The objects of the native machine: a field is a std::atomic, and the fields of a protocol's kind
// lie one after the other. Which there are says a layout:
//
//   struct Layout : Objects<Mm, mm_lock_seq, tree>, Objects<Vma, vm_mm>, Numbers<Address, 8> {};
namespace lockstep {

/// The objects of `Kind` have these fields, in this order.
template <class Kind, auto... FieldList>
struct Objects {};

/// `Kind` is not an object but a number below `count`; array fields are indexed by it.
template <class Kind, std::size_t count>
struct Numbers {};

/// Objects of `Kind` are allocated and freed, `in_page` of them lie in a page. What becomes of one
/// that is freed:
template <class K, std::size_t in_page, bool waits, bool may_wait>
struct Life {
  using Kind = K;
  static constexpr std::size_t objects_a_page = in_page;
  static constexpr bool after_grace = waits;  ///< may it be used anew after a grace period only?
  static constexpr bool may_be_later = may_wait;  ///< is there call_rcu() for it?
};
/// It may be used anew at once.
template <class Kind, std::size_t in_page = 16>
struct TypeSafe : Life<Kind, in_page, false, false> {};
/// After a grace period.
template <class Kind, std::size_t in_page = 16>
struct RcuFreed : Life<Kind, in_page, true, true> {};
/// At once, and nobody may look at it any more; but what call_rcu() frees, after a grace period.
template <class Kind, std::size_t in_page = 16>
struct Freed : Life<Kind, in_page, false, true> {};
/// A layout's `Allocated`: the kinds that are, each with its life.
template <class... L>
struct Lives {};

/// The names of no object that the code knows besides Null.
template <FixedString... S>
struct ModelValues {};

template <class Layout, class Kind>
struct NativeObject;

namespace native {
template <class Kind, auto... FieldList>
Fields<FieldList...> fields_of(const Objects<Kind, FieldList...>&);
template <class Kind, std::size_t count>
std::integral_constant<std::size_t, count> count_of(const Numbers<Kind, count>&);

template <class Layout, class Kind>
concept IsNumber = requires(const Layout& layout) {
  count_of<Kind>(layout);
};
template <class Layout, class Kind>
inline constexpr std::size_t count = decltype(count_of<Kind>(std::declval<Layout>()))::value;

template <FixedString... S>
ModelValues<S...> values_of(const ModelValues<S...>&);
/// 1 for the first; 0 for one that is not listed.
template <FixedString... S>
constexpr std::size_t number_of(ModelValues<S...>, std::string_view name) {
  std::size_t number = 0, at = 0;
  ((++at, number = S.view() == name ? at : number), ...);
  return number;
}
}  // namespace native

/// A reference to an object, and a local that has a name on the other machines: here both are the
/// bare pointer.
template <class Layout, class Kind>
class NativeRef {
 public:
  using Raw = NativeObject<Layout, Kind>*;

  constexpr NativeRef() = default;
  constexpr NativeRef(Raw object) : raw_(object) {}  // NOLINT: a reference is its pointer
  NativeRef& operator=(Null) { return *this = NativeRef(); }
  template <FixedString S>
  NativeRef& operator=(ModelValue<S>) {
    return *this = NativeRef(raw_of<S>());
  }
  void forget() const {}

  Raw raw() const { return raw_; }
  explicit operator bool() const { return raw_ != nullptr; }
  friend bool operator==(NativeRef, NativeRef) = default;
  friend bool operator==(NativeRef a, Null) { return a.raw_ == nullptr; }
  template <FixedString S>
  friend bool operator==(NativeRef a, ModelValue<S>) {
    return a.raw_ == raw_of<S>();
  }

 private:
  /// No object is there: the kernel's ERR_PTR().
  template <FixedString S>
  static Raw raw_of() {
    constexpr std::size_t number =
        native::number_of(decltype(native::values_of(std::declval<Layout>())){}, S.view());
    static_assert(number != 0, "the layout's ModelValues do not list this value");
    return reinterpret_cast<Raw>(number);  // NOLINT
  }

  Raw raw_ = nullptr;
};

/// A number of a kind, as a type of its own.
template <class Kind>
class NativeNumber {
 public:
  using Raw = std::size_t;

  constexpr explicit NativeNumber(Raw number) : raw_(number) {}
  void forget() const {}
  constexpr Raw raw() const { return raw_; }
  friend bool operator==(NativeNumber, NativeNumber) = default;

 private:
  Raw raw_;
};

/// What a field of kind `Value` gives to the code, and what its cell holds.
template <class Layout, class Value>
struct NativeValue {
  using Type = NativeRef<Layout, Value>;
  using Raw = typename Type::Raw;
};
template <class Layout, class Value>
requires native::IsNumber<Layout, Value>
struct NativeValue<Layout, Value> {
  using Type = NativeNumber<Value>;
  using Raw = typename Type::Raw;
};
template <class Layout>
struct NativeValue<Layout, int> {
  using Type = int;
  using Raw = int;
};
template <class Layout, class Value>
using NativeRaw = typename NativeValue<Layout, Value>::Raw;

template <class Layout, class FieldType>
struct NativeCell;
template <class Layout, FixedString S, class Kind, class Value>
struct NativeCell<Layout, Field<S, Kind, Value>> {
  std::atomic<NativeRaw<Layout, Value>> atomic{};
};
template <class Layout, FixedString S, class Kind, class Value, class Index>
struct NativeCell<Layout, ArrayField<S, Kind, Value, Index>> {
  std::array<std::atomic<NativeRaw<Layout, Value>>, native::count<Layout, Index>> atomic{};
};

template <class Layout, class List>
struct NativeCells;
template <class Layout, auto... FieldList>
struct NativeCells<Layout, Fields<FieldList...>>
    : NativeCell<Layout, std::remove_cvref_t<decltype(FieldList)>>... {};

/// All zero at first. What lies in a slab stays such an object from its first life to its last.
template <class Layout, class Kind>
struct NativeObject
    : NativeCells<Layout, decltype(native::fields_of<Kind>(std::declval<Layout>()))> {};

/// What nobody has written: an allocator leaves it in the field that its link destroys.
template <class Raw>
Raw garbage() {
  if constexpr (std::is_pointer_v<Raw>) {
    return reinterpret_cast<Raw>(~std::size_t{0});  // NOLINT
  } else {
    return std::numeric_limits<Raw>::max();
  }
}

}  // namespace lockstep
