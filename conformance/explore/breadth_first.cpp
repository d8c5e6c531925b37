// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/breadth_first.hpp"

#include <algorithm>

#include "model/parallel.hpp"

namespace lockstep {

namespace {
/// States that are expanded before what they lead to is merged; those that a thread takes at once.
constexpr std::uint64_t batch_states = 1 << 15, item_states = 64;
/// So many newcomers are inserted sooner than a thread is made.
constexpr std::size_t few = 1 << 12;
}  // namespace

BreadthFirst::BreadthFirst(std::vector<Expander*> expanders, std::size_t record_bytes,
                           bool keep_ways)
    : expanders_(std::move(expanders)),
      pool_(record_bytes),
      keep_ways_(keep_ways),
      newcomers_(expanders_.size()) {}

std::byte* BreadthFirst::start(StateKey key) {
  known_.insert(key);
  if (keep_ways_) ways_.push_back({0, 0});
  queue_.emplace_back(pool_);
  queued_ = in_level_ = 1;
  outcome_ = {1, 0, 1, 1, {}};
  return queue_.back().add();
}

std::byte* BreadthFirst::Steps::reached(StateKey key) {
  if (walk_.known_.contains(key)) return nullptr;
  const auto index = static_cast<std::uint32_t>(item_.reached.size());
  const std::uint64_t way = (source_ - walk_.batch_first_) << 32 | ordinal_;
  if (!walk_.newcomers_.enter(worker_, {key, way, {number_, index}})) return nullptr;
  if (walk_.keep_ways_) {
    item_.ways.push_back({source_ & 0xff'ffff'ffff, ordinal_ & 0xff'ffff});
  }
  return item_.reached.add();
}

BreadthFirst::Outcome BreadthFirst::run(const std::function<void(const Outcome&)>& on_progress) {
  const auto jobs = static_cast<unsigned>(expanders_.size());
  while (queued_ != 0 && !outcome_.ended) {
    outcome_.waiting = queued_;
    if (on_progress) on_progress(outcome_);
    take_batch();
    parallel_for(jobs, items_.size(), [&](std::size_t item, unsigned worker) {
      if (worker == 0 && on_progress && item % 32 == 31) on_progress(outcome_);
      expand(item, worker);
    });
    merge();
  }
  return outcome_;
}

/// The next states of the level, as items.
void BreadthFirst::take_batch() {
  batch_.clear();
  items_.clear();
  batch_first_ += batch_size_;
  batch_size_ = 0;
  while (batch_size_ < std::min(batch_states, in_level_)) {
    batch_.push_back(std::move(queue_.front()));
    queue_.pop_front();
    const std::size_t count = batch_.back().size();
    for (std::size_t from = 0; from < count;) {
      const std::uint64_t number = batch_size_ + from, in_item = number % item_states;
      if (in_item == 0) {
        items_.push_back({.first = batch_first_ + number,
                          .pieces = {},
                          .reached = Records(pool_),
                          .ways = {},
                          .dropped = {}});
      }
      const std::size_t to = std::min<std::size_t>(count, from + item_states - in_item);
      items_.back().pieces.push_back({batch_.size() - 1, from, to});
      from = to;
    }
    batch_size_ += count;
  }
  queued_ -= batch_size_;
}

void BreadthFirst::end_at(std::uint64_t source) {
  std::uint64_t known = ends_at_.load();
  while (source < known && !ends_at_.compare_exchange_weak(known, source)) {
  }
}

void BreadthFirst::expand(std::size_t number, unsigned worker) {
  Item& item = items_[number];
  Steps steps(*this, item, static_cast<std::uint32_t>(number), worker);
  steps.source_ = item.first;
  for (const Piece& piece : item.pieces) {
    for (std::size_t i = piece.from; i < piece.to; ++i, ++steps.source_) {
      if (steps.source_ > ends_at_.load(std::memory_order_relaxed)) return;
      steps.ordinal_ = 0;
      try {
        expanders_[worker]->expand(batch_[piece.records][i], steps);
      } catch (...) {
        item.error = std::current_exception();
        steps.end();
      }
      item.transitions = steps.transitions_;
      if (!steps.ended_) continue;
      item.ended = {steps.source_, worker};
      end_at(steps.source_);
      return;
    }
  }
}

/// What the batch came to, in the order of one thread.
void BreadthFirst::merge() {
  const std::size_t jobs = newcomers_.size() < few ? 1 : expanders_.size();
  parallel_for(static_cast<unsigned>(jobs), Newcomers::parts,
               [&](std::size_t part, unsigned) { newcomers_.move_into(known_, part); });
  for (const Newcomers::Place place : newcomers_.take_dropped()) {
    items_[place.item].dropped.push_back(place.index);
  }
  parallel_for(static_cast<unsigned>(jobs), items_.size(), [&](std::size_t item, unsigned) {
    std::ranges::sort(items_[item].dropped);
    items_[item].reached.remove(items_[item].dropped);
  });
  in_level_ -= batch_size_;
  for (Item& item : items_) {
    enter(item);
    if (item.error) std::rethrow_exception(item.error);
    if (!item.ended) continue;
    outcome_.ended = item.ended;
    in_level_ += batch_first_ + batch_size_ - item.ended->source - 1;
    break;
  }
  if (in_level_ == 0 && queued_ != 0) {
    in_level_ = queued_;
    ++outcome_.depth;
  }
}

void BreadthFirst::enter(Item& item) {
  const std::uint64_t count = item.reached.size();
  outcome_.transitions += item.transitions;
  outcome_.states += count;
  queued_ += count;
  for (std::size_t i = 0, next = 0; i < item.ways.size(); ++i) {
    if (next < item.dropped.size() && item.dropped[next] == i) {
      ++next;
    } else {
      ways_.push_back(item.ways[i]);
    }
  }
  if (count != 0) queue_.push_back(std::move(item.reached));
}

std::vector<std::uint32_t> BreadthFirst::way_to(std::uint64_t state) const {
  std::vector<std::uint32_t> way;
  for (; state != 0; state = ways_[state].source) {
    way.push_back(static_cast<std::uint32_t>(ways_[state].ordinal));
  }
  return {way.rbegin(), way.rend()};
}

}  // namespace lockstep
