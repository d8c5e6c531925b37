// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/state_set.hpp"

namespace lockstep {

namespace {
/// An empty slot is no key.
StateKey as_kept(StateKey key) {
  if (key == StateKey{}) key.low = 1;
  return key;
}
}  // namespace

StateSet::StateSet() = default;

/// The slot that has the key, or would have it; the part is not empty.
std::size_t StateSet::find(const Part& part, StateKey key) {
  const std::size_t count = part.slots.size();
  std::size_t at = place_of(key, count);
  while (part.slots[at] != StateKey{} && part.slots[at] != key) at = at + 1 == count ? 0 : at + 1;
  return at;
}

void StateSet::grow(Part& part) {
  Part larger;
  larger.slots.resize(part.slots.empty() ? 64 : part.slots.size() * 6 / 5);
  for (const StateKey& key : part.slots) {
    if (key != StateKey{}) larger.slots[find(larger, key)] = key;
  }
  larger.used = part.used;
  part = std::move(larger);
}

bool StateSet::insert(StateKey key) {
  key = as_kept(key);
  Part& part = parts_[part_of(key)];
  if ((part.used + 1) * 4 > part.slots.size() * 3) grow(part);
  StateKey& slot = part.slots[find(part, key)];
  if (slot == key) return false;
  slot = key;
  ++part.used;
  return true;
}

bool StateSet::contains(StateKey key) const {
  key = as_kept(key);
  const Part& part = parts_[part_of(key)];
  return !part.slots.empty() && part.slots[find(part, key)] == key;
}

void StateSet::expect(StateKey key) const {
  const Part& part = parts_[part_of(key)];
  if (part.slots.empty()) return;
  __builtin_prefetch(&part.slots[place_of(key, part.slots.size())]);
}

}  // namespace lockstep
