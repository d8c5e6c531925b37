// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/newcomers.hpp"

#include <algorithm>

namespace lockstep {

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

std::pair<Newcomers::Newcomer&, bool> Newcomers::entry(Part& part, const Newcomer& newcomer) {
  if ((part.used + 1) * 2 > part.slots.size()) grow(part);
  Newcomer& slot = slot_of(part, newcomer.key);
  const bool fresh = slot.way == no_way;
  if (fresh) {
    slot = newcomer;
    ++part.used;
  }
  return {slot, fresh};
}

bool Newcomers::enter(std::size_t worker, const Newcomer& newcomer) {
  return entry(tables_[worker][newcomer.key.high >> (64 - part_bits)], newcomer).second;
}

std::size_t Newcomers::size() const {
  std::size_t sum = 0;
  for (const auto& table : tables_) {
    for (const Part& part : table) sum += part.used;
  }
  return sum;
}

/// Everything that the workers have of a part becomes the first worker's.
void Newcomers::join(std::size_t number) {
  Part& all = tables_[0][number];
  for (std::size_t worker = 1; worker < tables_.size(); ++worker) {
    Part& part = tables_[worker][number];
    if (part.used == 0) continue;
    for (Newcomer& one : part.slots) {
      if (one.way == no_way) continue;
      const auto [known, fresh] = entry(all, one);
      if (!fresh) {
        all.dropped.push_back(one.way < known.way ? known.place : one.place);
        if (one.way < known.way) known = one;
      }
      one.way = no_way;
    }
    part.used = 0;
  }
}

void Newcomers::move_into(StateSet& all, std::size_t number) {
  join(number);
  Part& part = tables_[0][number];
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
  for (Part& part : tables_[0]) {
    out.insert(out.end(), part.dropped.begin(), part.dropped.end());
    part.dropped.clear();
  }
  return out;
}

}  // namespace lockstep
