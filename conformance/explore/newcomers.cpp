// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/newcomers.hpp"

#include <algorithm>
#include <thread>

namespace lockstep {

/// Held for some tens of nanoseconds; where its holder has lost its core, others give theirs away.
class Newcomers::Lock {
 public:
  explicit Lock(Part& part) : taken_(part.taken) {
    for (unsigned tries = 0; taken_.test_and_set(std::memory_order_acquire); ++tries) {
      if (tries > 64) std::this_thread::yield();
    }
  }
  ~Lock() { taken_.clear(std::memory_order_release); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  std::atomic_flag& taken_;
};

Newcomers::Newcomer& Newcomers::slot_of(Part& part, StateKey key) {
  const std::size_t count = part.slots.size();
  std::size_t at = place_of(key, count);
  while (part.slots[at].way != no_way && part.slots[at].key != key) {
    at = at + 1 == count ? 0 : at + 1;
  }
  return part.slots[at];
}

void Newcomers::grow(Part& part) {
  std::vector<Newcomer> before(std::max<std::size_t>(64, part.slots.size() * 2));
  std::swap(before, part.slots);
  for (const Newcomer& one : before) {
    if (one.way != no_way) slot_of(part, one.key) = one;
  }
}

bool Newcomers::enter(const Newcomer& newcomer) {
  Part& part = parts_[newcomer.key.high >> (64 - part_bits)];
  const Lock lock(part);
  if ((part.used + 1) * 2 > part.slots.size()) grow(part);
  Newcomer& known = slot_of(part, newcomer.key);
  if (known.way == no_way) {
    ++part.used;
  } else if (known.way < newcomer.way) {
    return false;
  } else {
    part.dropped.push_back(known.place);
  }
  known = newcomer;
  return true;
}

std::size_t Newcomers::size() const {
  std::size_t sum = 0;
  for (const Part& part : parts_) sum += part.used;
  return sum;
}

void Newcomers::move_into(StateSet& all, std::size_t number) {
  Part& part = parts_[number];
  if (part.used == 0) return;
  constexpr std::size_t ahead = 16;
  for (std::size_t i = 0; i < part.slots.size(); ++i) {
    if (i + ahead < part.slots.size() && part.slots[i + ahead].way != no_way) {
      all.expect(part.slots[i + ahead].key);
    }
    if (part.slots[i].way == no_way) continue;
    all.insert(part.slots[i].key);
    part.slots[i].way = no_way;
  }
  part.used = 0;
}

std::vector<Newcomers::Place> Newcomers::take_dropped() {
  std::vector<Place> out;
  for (Part& part : parts_) {
    out.insert(out.end(), part.dropped.begin(), part.dropped.end());
    part.dropped.clear();
  }
  return out;
}

}  // namespace lockstep
