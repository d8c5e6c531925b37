// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/name_numbers.hpp"

#include <algorithm>

namespace lockstep {

namespace {
std::vector<std::string_view>& names() {
  static std::vector<std::string_view> all;
  return all;
}
}  // namespace

std::size_t name_number(std::string_view name) {
  auto& all = names();
  const auto found = std::ranges::find(all, name);
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  all.push_back(name);
  return all.size() - 1;
}

const std::vector<std::string_view>& numbered_names() { return names(); }

}  // namespace lockstep
