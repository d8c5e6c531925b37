// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <deque>
#include <exception>
#include <functional>
#include <optional>
#include <vector>

#include "explore/newcomers.hpp"
#include "explore/records.hpp"

namespace lockstep {

/// How a state was come to first: which state's step, and which of its steps, from 0.
struct Way {
  std::uint64_t source : 40, ordinal : 24;
};

/// A walk over states, breadth first, that several threads take together. Its outcome is that of
/// one thread that looks at the states one after the other: states have numbers in the order of
/// their earliest ways.
class BreadthFirst {
  struct Item;

 public:
  /// The steps of one state, as an Expander tells them.
  class Steps {
   public:
    std::uint64_t source() const { return source_; }    ///< the number of the state
    std::uint32_t ordinal() const { return ordinal_; }  ///< of the step that is next
    /// Says that reached() will be asked about the key soon.
    void expect(StateKey key) const { walk_.known_.expect(key); }
    /// The step leads to this state. Where no earlier way to it is known, a record is to be
    /// written; else null.
    std::byte* reached(StateKey key);
    /// The step has been looked at; it is one of the transitions, or a fault.
    void stepped() { ++transitions_, ++ordinal_; }
    void failed() { ++ordinal_; }
    /// The walk ends with this state.
    void end() { ended_ = true; }

   private:
    friend BreadthFirst;
    Steps(BreadthFirst& walk, Item& item, std::uint32_t number, unsigned worker)
        : walk_(walk), item_(item), number_(number), worker_(worker) {}

    BreadthFirst& walk_;
    Item& item_;
    std::uint32_t number_;  ///< of the item
    unsigned worker_;
    std::uint64_t source_ = 0, transitions_ = 0;
    std::uint32_t ordinal_ = 0;
    bool ended_ = false;
  };

  /// What one thread does with a state.
  class Expander {
   public:
    virtual ~Expander() = default;
    virtual void expand(const std::byte* record, Steps& steps) = 0;
  };

  struct Outcome {
    std::uint64_t states = 0, transitions = 0;
    std::uint32_t depth = 0;    ///< states on a longest shortest path
    std::uint64_t waiting = 0;  ///< states that are still to be expanded
    /// The state that the walk ended with, if it did not see all, and who had it.
    struct Ended {
      std::uint64_t source;
      unsigned expander;
    };
    std::optional<Ended> ended;
  };

  /// `expanders`: one for each thread. With `keep_ways` each state's way is kept: eight bytes a
  /// state that only a counterexample needs.
  BreadthFirst(std::vector<Expander*> expanders, std::size_t record_bytes, bool keep_ways);

  /// The first state: its record is to be written.
  std::byte* start(StateKey key);
  /// `on_progress` is told now and then, in the caller's thread; it may throw to stop. What an
  /// Expander throws is thrown if no state before that one ends the walk.
  Outcome run(const std::function<void(const Outcome&)>& on_progress);
  /// The ordinals of the steps to a state; only where ways are kept.
  std::vector<std::uint32_t> way_to(std::uint64_t state) const;

 private:
  struct Piece {
    std::size_t records, from, to;  ///< of batch_
  };
  /// Some states that one thread expands one after the other, and what it came to.
  struct alignas(64) Item {
    std::uint64_t first = 0;  ///< the number of its first state
    std::vector<Piece> pieces;
    Records reached;
    std::vector<Way> ways;
    std::vector<std::uint32_t> dropped;
    std::uint64_t transitions = 0;
    std::optional<Outcome::Ended> ended = {};
    std::exception_ptr error = nullptr;
  };

  void take_batch();
  void expand(std::size_t number, unsigned worker);
  void end_at(std::uint64_t source);
  void merge();
  void enter(Item& item);

  std::vector<Expander*> expanders_;
  RecordPool pool_;
  bool keep_ways_;
  StateSet known_;
  Newcomers newcomers_;
  std::deque<Records> queue_;
  std::uint64_t queued_ = 0;
  std::uint64_t in_level_ = 0;  ///< states of the level that are not yet expanded
  std::vector<Records> batch_;
  std::uint64_t batch_first_ = 0, batch_size_ = 0;
  std::vector<Item> items_;
  std::atomic<std::uint64_t> ends_at_{~std::uint64_t{0}};
  std::vector<Way> ways_;
  Outcome outcome_;
};

}  // namespace lockstep
