// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/walk.hpp"

namespace lockstep {

namespace {

/// The steps of one state, and the snapshots after them.
class Ways final : public System::Visitor {
 public:
  explicit Ways(System& system) : system_(system) {}

  const std::vector<Step>& of(const std::byte* snapshot) {
    steps_.clear();
    after_.clear();
    system_.expand(snapshot, *this);
    return steps_;
  }
  const std::byte* after(std::size_t way) const {
    return after_.data() + way * system_.snapshot_bytes();
  }

 private:
  void step(const Step& step) override {
    steps_.push_back(step);
    after_.resize(after_.size() + system_.snapshot_bytes());
    system_.save(after_.data() + after_.size() - system_.snapshot_bytes());
  }
  void fault(const Step&, const std::string&) override {}

  System& system_;
  std::vector<Step> steps_;
  std::vector<std::byte> after_;
};

}  // namespace

Trace random_walk(System& system, std::size_t depth, std::mt19937_64& random) {
  Trace out;
  const std::size_t slots = system.world().layout().size();
  std::vector<std::byte> present(system.snapshot_bytes());
  const auto stand = [&](const std::byte* snapshot) {
    present.assign(snapshot, snapshot + present.size());
    const auto* atoms = reinterpret_cast<const Atom*>(present.data());
    out.states.emplace_back(atoms, atoms + slots);
  };
  std::vector<std::byte> first(present.size());
  system.initial(first.data());
  stand(first.data());
  Ways ways{system};
  for (std::size_t i = 0; i < depth; ++i) {
    const std::vector<Step>& steps = ways.of(present.data());
    if (steps.empty()) break;
    const std::size_t way = random() % steps.size();
    out.steps.push_back(steps[way]);
    stand(ways.after(way));
  }
  return out;
}

}  // namespace lockstep
