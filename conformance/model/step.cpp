// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "model/step.hpp"

namespace lockstep {

std::string Step::text(const Symbols& symbols) const {
  std::string out = symbols.text(site) + "(" + symbols.text(task);
  for (std::uint32_t i = 0; i < arg_count; ++i) out += ", " + symbols.text(args[i]);
  return out + ")";
}

std::size_t StepHash::operator()(const Step& step) const {
  std::uint64_t hash = static_cast<std::uint32_t>(step.site);
  const auto mix = [&hash](std::uint64_t x) {
    hash = (hash ^ x) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  };
  mix(static_cast<std::uint32_t>(step.task));
  for (std::uint32_t i = 0; i < step.arg_count; ++i) mix(static_cast<std::uint32_t>(step.args[i]));
  return static_cast<std::size_t>(hash);
}

}  // namespace lockstep
