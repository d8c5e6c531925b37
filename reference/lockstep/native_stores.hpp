// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <tuple>
#include <type_traits>

#include "lockstep/native_object.hpp"
#include "lockstep/type_safe_slab.hpp"

namespace lockstep {

template <class Layout, class Rcu, class List>
class NativeStores;

/// A slab for each kind that is allocated and freed. Whatever its life, the memory of an object
/// stays one of its kind: who uses it after the free sees another life of it, and no wild memory.
template <class Layout, class Rcu, class... L>
class NativeStores<Layout, Rcu, Lives<L...>> {
 public:
  template <class Kind>
  auto& of() {
    static_assert((std::is_same_v<Kind, typename L::Kind> || ...),
                  "the layout's Allocated does not list this kind");
    return std::get<index_of<Kind>()>(slabs_);
  }
  template <class Kind>
  auto* allocate() {
    return of<Kind>().allocate();
  }
  /// As its kind's life says.
  template <class Kind>
  void free(NativeRef<Layout, Kind> object) {
    if constexpr (std::tuple_element_t<index_of<Kind>(), std::tuple<L...>>::after_grace) {
      of<Kind>().free_after_grace(object.raw());
    } else {
      of<Kind>().free(object.raw());
    }
  }
  /// After a grace period.
  template <class Kind>
  void call_rcu(NativeRef<Layout, Kind> object) {
    of<Kind>().free_after_grace(object.raw());
  }

 private:
  template <class Kind>
  static constexpr std::size_t index_of() {
    std::size_t at = 0, found = sizeof...(L);
    ((found = std::is_same_v<Kind, typename L::Kind> ? at : found, ++at), ...);
    return found;
  }

  std::tuple<TypeSafeSlab<NativeObject<Layout, typename L::Kind>, Rcu, L::objects_a_page,
                          L::may_be_later>...>
      slabs_;
};

}  // namespace lockstep
