// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/parts_due.hpp"

namespace lockstep {

using tla::KnownCell;

PartsDue::PartsDue(const World& world, bool steps)
    : symbols_(world.layout().symbols.size()), readers_(world.layout().size()) {
  for (const World::Task& task : world.tasks()) {
    if (steps) stands_.push_back({KnownCell::Of::state, task.pc, std::vector<Words>(symbols_)});
    stands_.push_back({steps ? KnownCell::Of::after : KnownCell::Of::state, task.pc,
                       std::vector<Words>(symbols_)});
  }
}

PartsDue::PartsDue(const PartsDue& other)
    : parts_(other.parts_),
      symbols_(other.symbols_),
      tests_(other.tests_),
      readers_(other.readers_),
      stands_(other.stands_),
      due_(other.due_.size()) {}

void PartsDue::add(std::map<std::size_t, tla::Tests> tests,
                   const std::function<bool(const KnownCell&)>& holds_by) {
  const std::size_t word = parts_ / 64;
  const std::uint64_t bit = std::uint64_t{1} << (parts_ % 64);
  ++parts_;
  due_.resize(word + 1);
  for (Words& words : readers_) words.resize(word + 1);
  for (const auto& [slot, test] : tests) readers_[slot][word] |= bit;
  for (Stand& stand : stands_) {
    for (std::size_t i = 0; i < symbols_; ++i) {
      stand.open[i].resize(word + 1);
      const bool settled = holds_by({stand.of, stand.slot, first_symbol + static_cast<Atom>(i)});
      if (!settled) stand.open[i][word] |= bit;
    }
  }
  tests_.push_back(std::move(tests));
  named_.clear();
  cache_ = {};
}

const PartsDue::Words& PartsDue::by(const Change& change) {
  if (!is_symbol(change.before) || !is_symbol(change.after)) return readers_[change.slot];
  const auto symbol = [](Atom atom) { return static_cast<std::uint64_t>(atom - first_symbol); };
  const std::uint64_t key =
      ((change.slot + 1) << 42) | (symbol(change.before) << 21) | symbol(change.after);
  Cached& cached = cache_[(key ^ (key >> 15) ^ (key >> 33)) % cache_.size()];
  if (cached.key != key) cached = {key, &by_names(key, change)};
  return *cached.words;
}

const PartsDue::Words& PartsDue::by_names(std::uint64_t key, const Change& change) {
  const auto [at, added] = named_.try_emplace(key, due_.size());
  if (!added) return at->second;
  for (std::size_t part = 0; part < parts_; ++part) {
    const auto tests = tests_[part].find(change.slot);
    if (tests == tests_[part].end()) continue;
    if (!tests->second.tell_apart(change.before, change.after)) continue;
    at->second[part / 64] |= std::uint64_t{1} << (part % 64);
  }
  return at->second;
}

const PartsDue::Words& PartsDue::of(const std::vector<Change>& changes, const Atom* before,
                                    const Atom* after) {
  by_.clear();
  for (const Change& change : changes) by_.push_back(&by(change));
  for (std::size_t w = 0; w < due_.size(); ++w) {
    std::uint64_t due = 0;
    for (const Words* words : by_) due |= (*words)[w];
    due_[w] = due;
    if (due == 0) continue;
    for (const Stand& stand : stands_) {
      const bool first = stand.of == KnownCell::Of::state && before != nullptr;
      const auto symbol =
          static_cast<std::size_t>((first ? before : after)[stand.slot]) - first_symbol;
      if (symbol < symbols_) due &= stand.open[symbol][w];
    }
    due_[w] = due;
  }
  return due_;
}

}  // namespace lockstep
