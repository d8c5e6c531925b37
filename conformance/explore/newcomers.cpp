// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/newcomers.hpp"

#include <algorithm>

namespace lockstep {

std::uint32_t& Newcomers::slot_of(Part& part, StateKey key) {
  const std::size_t count = part.slots.size();
  std::size_t at = place_of(key, count);
  while (part.slots[at] != 0 && part.all[part.slots[at] - 1].key != key) {
    at = at + 1 == count ? 0 : at + 1;
  }
  return part.slots[at];
}

void Newcomers::grow(Part& part) {
  part.slots.assign(std::max<std::size_t>(64, part.slots.size() * 2), 0);
  for (std::uint32_t i = 0; i < part.all.size(); ++i) slot_of(part, part.all[i].key) = i + 1;
}

bool Newcomers::enter(const Newcomer& newcomer) {
  Part& part = parts_[newcomer.key.high >> (64 - part_bits)];
  const std::lock_guard lock(part.mutex);
  if ((part.all.size() + 1) * 2 > part.slots.size()) grow(part);
  std::uint32_t& slot = slot_of(part, newcomer.key);
  if (slot == 0) {
    part.all.push_back(newcomer);
    slot = static_cast<std::uint32_t>(part.all.size());
    return true;
  }
  Newcomer& known = part.all[slot - 1];
  if (known.way < newcomer.way) return false;
  part.dropped.push_back(known.place);
  known = newcomer;
  return true;
}

std::size_t Newcomers::size() const {
  std::size_t sum = 0;
  for (const Part& part : parts_) sum += part.all.size();
  return sum;
}

void Newcomers::clear() {
  for (Part& part : parts_) {
    if (!part.all.empty()) std::ranges::fill(part.slots, 0);
    part.all.clear();
    part.dropped.clear();
  }
}

}  // namespace lockstep
