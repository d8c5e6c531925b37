// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "machines/world.hpp"
#include "tla/decided.hpp"
#include "tla/reads.hpp"

namespace lockstep {

/// A cell that a step has changed.
struct Change {
  std::size_t slot = 0;
  Atom before = 0, after = 0;
};

/// Which parts of properties have to be asked after a step: those that may tell the state after
/// from one in which they hold. Of most parts where a task stands, or what has changed, decides.
class PartsDue {
 public:
  using Words = std::vector<std::uint64_t>;  ///< a bit for each part

  /// `steps`: are the parts of steps, or of states?
  PartsDue(const World& world, bool steps);
  PartsDue(const PartsDue& other);

  /// The next part. It holds where no cell of `tests` has changed, or none so that they tell.
  /// `holds_by`: whether it holds wherever something is known of one cell.
  void add(std::map<std::size_t, tla::Tests> tests,
           const std::function<bool(const tla::KnownCell&)>& holds_by);

  /// Of parts of states only `after` is looked at. Valid until the next call.
  const Words& of(const std::vector<Change>& changes, const Atom* before, const Atom* after);

 private:
  /// Where a task stands.
  struct Stand {
    tla::KnownCell::Of of;
    std::size_t slot;
    std::vector<Words> open;  ///< by symbol: the parts that it does not settle
  };
  struct Cached {
    std::uint64_t key = 0;  ///< 0: none
    const Words* words = nullptr;
  };
  const Words& by(const Change& change);
  const Words& by_names(std::uint64_t key, const Change& change);

  std::size_t parts_ = 0, symbols_;
  std::vector<std::map<std::size_t, tla::Tests>> tests_;  ///< by part
  std::vector<Words> readers_;                            ///< by slot
  std::vector<Stand> stands_;
  /// Of changes from one name to another: made when they first occur.
  std::map<std::uint64_t, Words> named_;
  /// ... and found again.
  std::array<Cached, 1024> cache_;
  std::vector<const Words*> by_;
  Words due_;
};

}  // namespace lockstep
