// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/primitives.hpp"

#include <unordered_map>

namespace lockstep::orders::litmus {

const Primitive* find_primitive(std::string_view name) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, const Primitive*> out;
    for (const Primitive& p : kernel_primitives()) out.emplace(p.name, &p);
    return out;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

}  // namespace lockstep::orders::litmus
