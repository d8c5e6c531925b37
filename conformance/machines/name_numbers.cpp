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
std::vector<std::string_view>& values() {
  static std::vector<std::string_view> all;
  return all;
}

std::size_t number_in(std::vector<std::string_view>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name);
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  all.push_back(name);
  return all.size() - 1;
}
}  // namespace

std::size_t name_number(std::string_view name) {
  return number_in(names(), name);
}
std::size_t value_number(std::string_view name) {
  return number_in(values(), name);
}

const std::vector<std::string_view>& numbered_names() {
  return names();
}
const std::vector<std::string_view>& numbered_values() {
  return values();
}

}  // namespace lockstep
