// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "explore/search.hpp"
#include "liveness/asked.hpp"

namespace lockstep::liveness {

/// Truth values: a row for each state or step, a column for each question.
class Marks {
 public:
  explicit Marks(std::size_t columns) : words_((columns + 63) / 64) {}
  void add_row() { bits_.resize(bits_.size() + words_); }
  void set(std::size_t row, std::size_t column) {
    bits_[row * words_ + column / 64] |= std::uint64_t{1} << (column % 64);
  }
  bool operator()(std::size_t row, std::size_t column) const {
    return (bits_[row * words_ + column / 64] >> (column % 64) & 1) != 0;
  }

 private:
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

/// The state graph of a specification with the answers to what liveness asks. Node 0 is the start;
/// nodes are numbered breadth first. A behaviour may also stay where it is: no edge says so.
struct Graph {
  explicit Graph(const Asked& asked) : states(asked.of_states()), steps(asked.of_steps()) {}

  std::vector<std::uint64_t> first_edge{0};  ///< nodes + 1 offsets into `target`
  std::vector<std::uint32_t> target;         ///< edges in the order in which a system takes them
  Marks states, steps;                       ///< by node, by edge
  std::vector<StateKey> keys;                ///< by node

  std::size_t nodes() const { return first_edge.size() - 1; }
};

/// Of states that the VIEW does not tell apart the first one stands for all.
Graph build(System& system, Asked& asked, const std::function<void(std::uint64_t)>& on_progress);

}  // namespace lockstep::liveness
