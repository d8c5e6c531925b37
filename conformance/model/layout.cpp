// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "model/layout.hpp"

#include <algorithm>

namespace lockstep {

std::string Slot::text() const {
  std::string out = variable;
  for (const std::string& key : keys) out += "[" + key + "]";
  return out;
}

std::size_t Layout::add(Slot slot) {
  has_view_ = has_view_ || slot.relative_to.has_value();
  slots_.push_back(std::move(slot));
  return slots_.size() - 1;
}

std::optional<std::size_t> Layout::find(std::string_view variable,
                                        std::span<const std::string> keys) const {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].variable == variable && std::ranges::equal(slots_[i].keys, keys)) return i;
  }
  return std::nullopt;
}

std::vector<std::string> Layout::variables() const {
  std::vector<std::string> out;
  for (const Slot& slot : slots_) {
    if (std::ranges::find(out, slot.variable) == out.end()) out.push_back(slot.variable);
  }
  return out;
}

void Layout::view(StateView state, Atom* out) const {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const auto& base = slots_[i].relative_to;
    if (!base) {
      out[i] = state[i];
    } else {
      out[i] = *base != i && state[i] == state[*base] ? 1 : 0;
    }
  }
}

}  // namespace lockstep
