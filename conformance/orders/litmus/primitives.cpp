// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/primitives.hpp"

#include <unordered_map>

namespace lockstep::orders::litmus {

namespace {

using ByName = std::unordered_map<std::string_view, const Primitive*>;

/// Of two functions of one name that of `first` is taken.
ByName by_name(const Primitives& first, const Primitives& second) {
  ByName out;
  for (const Primitives* all : {&first, &second}) {
    for (const Primitive& p : *all) out.emplace(p.name, &p);
  }
  return out;
}

}  // namespace

const Primitive* find_primitive(std::string_view name, Dialect dialect) {
  static const ByName kernel = by_name(kernel_primitives(), c11_primitives());
  static const ByName c11 = by_name(c11_primitives(), kernel_primitives());
  const ByName& known = dialect == Dialect::c11 ? c11 : kernel;
  const auto found = known.find(name);
  return found == known.end() ? nullptr : found->second;
}

}  // namespace lockstep::orders::litmus
