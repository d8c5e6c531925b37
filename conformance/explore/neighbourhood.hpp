// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "machines/system.hpp"

namespace lockstep {

/// A behaviour of a system, and what else the system might do near it: from each state that is
/// known, every step that is enabled there. States are exact; the VIEW is not applied.
class Neighbourhood : private System::Visitor {
 public:
  static constexpr std::uint32_t nowhere = ~std::uint32_t{0};
  struct Edge {
    Step step;
    std::uint32_t to = nowhere;  ///< the node; nowhere: the step fails
    std::string fault = {};      ///< of a step that fails: what it did
  };
  struct Node {
    State state;
    std::uint32_t from;       ///< the node that it was first come to from; itself for the first
    std::vector<Edge> edges;  ///< those of the nodes that have been expanded
  };

  /// The behaviour without a step. The system must live as long.
  explicit Neighbourhood(System& system);

  /// The behaviour goes on with this step; false if it is not enabled at the end.
  bool go(const Step& step);
  /// The steps that are enabled at the end of the behaviour, as they are told.
  std::vector<Step> enabled();
  /// Makes each step that is enabled in a known state known. The first time these are the states of
  /// the behaviour, which goes on no more.
  void grow();

  const World& world() const { return system_.world(); }
  /// In the order in which they were found: those of the behaviour first.
  const std::vector<Node>& nodes() const { return nodes_; }
  /// Of those, how many have their edges.
  std::size_t expanded() const { return expanded_; }
  /// The behaviour: its nodes, and its steps. A step that fails, at the end, leads to no node.
  const std::vector<std::uint32_t>& way() const { return way_; }
  const std::vector<Step>& steps() const { return steps_; }
  std::vector<State> states() const;
  /// What the last of the steps did, if it failed; or "".
  const std::string& failed() const { return failed_; }

 private:
  struct Arrival {
    Edge edge;
    State state;
    std::vector<std::byte> snapshot;
  };

  void step(const Step& step) override;
  void fault(const Step& step, const std::string& what) override;
  const std::vector<Arrival>& arrivals(std::uint32_t node);
  std::uint32_t enter(Arrival&& arrival, std::uint32_t from);

  struct StateHash {
    std::size_t operator()(const State& state) const;
  };

  System& system_;
  std::vector<Node> nodes_;
  std::vector<std::vector<std::byte>> snapshots_;
  std::unordered_map<State, std::uint32_t, StateHash> numbers_;
  std::vector<std::uint32_t> way_;
  std::vector<Step> steps_;
  std::string failed_;
  std::vector<Arrival> arrivals_;
  std::size_t expanded_ = 0;
};

}  // namespace lockstep
