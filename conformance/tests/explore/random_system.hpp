// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>
#include <utility>

#include "machines/system.hpp"

namespace lockstep::testing {

inline World random_world() {
  WorldSpec spec;
  spec.kinds = {{"Cell", {"c1", "c2"}}};
  spec.fields = {{"n", "Cell", "", Sort::integer, 0, ""}};
  spec.roles = {{"worker", {"w1"}, {}, false, {}}};
  return World{spec};
}

/// States are pairs of numbers below `width`; which steps a state has, and where they lead, a hash
/// decides: many ways lead to one state. Some steps fault, some states have none.
class RandomSystem final : public System {
 public:
  struct Shape {
    std::uint64_t seed = 1;
    Atom width = 40;
    std::uint64_t most_steps = 4;
    std::set<std::pair<Atom, Atom>> faults = {}, deadlocks = {};  ///< at these states
    std::set<std::pair<Atom, Atom>> astray = {};  ///< their first steps lead elsewhere
    std::set<std::pair<Atom, Atom>> throws = {};  ///< at these a step cannot be taken at all
  };
  explicit RandomSystem(Shape shape) : world_(random_world()), shape_(std::move(shape)) {
    const World::Cells& cells = world_.field("n");
    slots_ = {cells.base, cells.base + 1};
    state_ = world_.initial();
  }

  const World& world() const override { return world_; }
  std::size_t snapshot_bytes() const override { return state_.size() * sizeof(Atom); }
  void initial(std::byte* out) override {
    state_ = world_.initial();
    save(out);
  }
  void save(std::byte* out) const override { std::memcpy(out, state_.data(), snapshot_bytes()); }
  StateView state() const override { return state_; }
  std::unique_ptr<System> another() const override {
    return std::make_unique<RandomSystem>(shape_);
  }
  void expand(const std::byte* snapshot, Visitor& visitor) override {
    std::memcpy(state_.data(), snapshot, snapshot_bytes());
    const State before = state_;
    const std::pair at{before[slots_.first], before[slots_.second]};
    if (shape_.throws.contains(at)) throw at;
    if (shape_.deadlocks.contains(at)) return;
    const std::uint64_t steps = 1 + hash(at, 0) % shape_.most_steps;
    for (std::uint64_t i = 1; i <= steps; ++i) {
      const std::uint64_t h = hash(at, i);
      // The one number goes slowly, so that the graph is deep, the other fast, so that it is wide.
      const bool astray = i == 1 && shape_.astray.contains(at);
      state_[slots_.first] = next(at.first, h % 3 + (astray ? 1 : 0));
      state_[slots_.second] = next(at.second * 2, h / 3 % 3);
      Step step{null_atom, null_atom, 1, {}};
      step.args[0] = static_cast<Atom>(i);
      visitor.step(step);
      state_ = before;
    }
    if (shape_.faults.contains(at)) visitor.fault({}, "a fault");
  }

 private:
  Atom next(Atom at, std::uint64_t by) const { return (at + static_cast<Atom>(by)) % shape_.width; }
  std::uint64_t hash(std::pair<Atom, Atom> at, std::uint64_t i) const {
    std::uint64_t h = shape_.seed;
    for (const auto x :
         {static_cast<std::uint64_t>(at.first), static_cast<std::uint64_t>(at.second), i}) {
      h = (h ^ x) * 0x9e3779b97f4a7c15;
      h ^= h >> 29;
    }
    return h >> 7;
  }

  World world_;
  Shape shape_;
  std::pair<std::size_t, std::size_t> slots_;
  State state_;
};

}  // namespace lockstep::testing
