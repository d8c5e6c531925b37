// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/state_set.hpp"

namespace lockstep {

StateSet::StateSet() = default;

StateKey* StateSet::find(Part& part, StateKey key) {
  const std::size_t count = part.slots.size();
  // The low half places the key within its part; the high half chose the part.
  std::size_t at = place_of(key, count);
  while (part.slots[at] != StateKey{} && part.slots[at] != key) at = at + 1 == count ? 0 : at + 1;
  return &part.slots[at];
}

void StateSet::grow(Part& part) {
  Part larger;
  larger.slots.resize(part.slots.empty() ? 64 : part.slots.size() * 6 / 5);
  for (const StateKey& key : part.slots) {
    if (key != StateKey{}) *find(larger, key) = key;
  }
  larger.used = part.used;
  part = std::move(larger);
}

bool StateSet::insert(StateKey key) {
  if (key == StateKey{}) key.low = 1;
  Part& part = parts_[key.high >> (64 - part_bits)];
  if ((part.used + 1) * 8 > part.slots.size() * 7) grow(part);
  StateKey* slot = find(part, key);
  if (*slot == key) return false;
  *slot = key;
  ++part.used;
  ++size_;
  return true;
}

std::uint64_t StateSet::bytes() const {
  std::uint64_t sum = 0;
  for (const Part& part : parts_) sum += part.slots.capacity() * sizeof(StateKey);
  return sum;
}

}  // namespace lockstep
