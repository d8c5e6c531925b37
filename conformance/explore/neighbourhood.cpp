// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/neighbourhood.hpp"

#include <algorithm>

namespace lockstep {

std::size_t Neighbourhood::StateHash::operator()(const State& state) const {
  std::uint64_t hash = state.size();
  for (const Atom atom : state) {
    hash = (hash ^ static_cast<std::uint32_t>(atom)) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  return static_cast<std::size_t>(hash);
}

Neighbourhood::Neighbourhood(System& system) : system_(system) {
  Arrival start;
  start.snapshot.resize(system.snapshot_bytes());
  system.initial(start.snapshot.data());
  const auto* atoms = reinterpret_cast<const Atom*>(start.snapshot.data());
  start.state.assign(atoms, atoms + system.world().layout().size());
  way_.push_back(enter(std::move(start), 0));
}

std::uint32_t Neighbourhood::enter(Arrival&& arrival, std::uint32_t from) {
  const auto number = static_cast<std::uint32_t>(nodes_.size());
  const auto [at, fresh] = numbers_.emplace(arrival.state, number);
  if (fresh) {
    nodes_.push_back({std::move(arrival.state), from, {}});
    snapshots_.push_back(std::move(arrival.snapshot));
  }
  return at->second;
}

void Neighbourhood::step(const Step& step) {
  arrivals_.push_back({{step}, State(system_.state().begin(), system_.state().end()), {}});
  arrivals_.back().snapshot.resize(system_.snapshot_bytes());
  system_.save(arrivals_.back().snapshot.data());
}

void Neighbourhood::fault(const Step& step, const std::string& what) {
  arrivals_.push_back({{step, nowhere, what}, {}, {}});
}

const std::vector<Neighbourhood::Arrival>& Neighbourhood::arrivals(std::uint32_t node) {
  arrivals_.clear();
  system_.expand(snapshots_[node].data(), *this);
  return arrivals_;
}

std::vector<Step> Neighbourhood::enabled() {
  std::vector<Step> out;
  if (steps_.size() == way_.size()) return out;  // the last one failed
  for (const Arrival& arrival : arrivals(way_.back())) out.push_back(arrival.edge.step);
  return out;
}

bool Neighbourhood::go(const Step& step) {
  const std::vector<Step> steps = enabled();
  const auto found = std::ranges::find(steps, step);
  if (found == steps.end()) return false;
  steps_.push_back(step);
  Arrival& arrival = arrivals_[static_cast<std::size_t>(found - steps.begin())];
  if (arrival.state.empty()) {
    failed_ = arrival.edge.fault;
  } else {
    way_.push_back(enter(std::move(arrival), way_.back()));
  }
  return true;
}

void Neighbourhood::grow() {
  const std::size_t end = nodes_.size();
  for (; expanded_ < end; ++expanded_) {
    const auto node = static_cast<std::uint32_t>(expanded_);
    arrivals(node);
    std::vector<Edge> edges;
    for (Arrival& arrival : arrivals_) {
      edges.push_back(arrival.edge);
      if (!arrival.state.empty()) edges.back().to = enter(std::move(arrival), node);
    }
    nodes_[node].edges = std::move(edges);
  }
}

std::vector<State> Neighbourhood::states() const {
  std::vector<State> out;
  for (const std::uint32_t node : way_) out.push_back(nodes_[node].state);
  return out;
}

}  // namespace lockstep
