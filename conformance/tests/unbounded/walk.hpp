// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <random>
#include <string>
#include <vector>

#include "machines/system.hpp"

namespace lockstep::testing {

/// A step that a machine takes from a state.
struct Taken {
  Step step;
  State after;        ///< empty after a fault
  std::string fault;  ///< what was done, or ""
};

/// Everything that a machine does from a state.
class Steps final : public System::Visitor {
 public:
  std::vector<Taken> of(System& system, const State& state) {
    system_ = &system;
    taken_.clear();
    system.expand(reinterpret_cast<const std::byte*>(state.data()), *this);
    return std::move(taken_);
  }
  void step(const Step& step) override {
    const StateView state = system_->state();
    taken_.push_back({step, {state.begin(), state.end()}, ""});
  }
  void fault(const Step& step, const std::string& what) override {
    taken_.push_back({step, {}, what});
  }

 private:
  System* system_ = nullptr;
  std::vector<Taken> taken_;
};

/// The state in which a machine whose snapshots are its atoms starts.
inline State initial_of(System& system) {
  State out(system.snapshot_bytes() / sizeof(Atom));
  system.initial(reinterpret_cast<std::byte*>(out.data()));
  return out;
}

/// The states of a random walk, one after the other; it begins anew where nothing can be done.
class RandomWalk {
 public:
  RandomWalk(System& system, std::uint64_t seed)
      : system_(system), random_(seed), here_(initial_of(system)) {}
  const State& here() const { return here_; }
  std::mt19937_64& random() { return random_; }
  void go() {
    auto taken = steps_.of(system_, here_);
    std::erase_if(taken, [](const Taken& t) { return !t.fault.empty(); });
    here_ = taken.empty() ? initial_of(system_) : taken[random_() % taken.size()].after;
  }

 private:
  System& system_;
  std::mt19937_64 random_;
  State here_;
  Steps steps_;
};

}  // namespace lockstep::testing
