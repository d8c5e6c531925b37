// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "liveness/graph.hpp"

#include "explore/snapshot_queue.hpp"
#include "liveness/numbers.hpp"

namespace lockstep::liveness {

namespace {

class Builder final : private System::Visitor {
 public:
  Builder(System& system, Asked& asked)
      : system_(system),
        asked_(asked),
        graph_(asked),
        queue_(system),
        snapshot_(system.snapshot_bytes()) {}

  Graph run(const std::function<void(std::uint64_t)>& on_progress) {
    const std::size_t atoms = system_.world().layout().size();
    system_.initial(snapshot_.data());
    number({reinterpret_cast<const Atom*>(snapshot_.data()), atoms});
    queue_.push(snapshot_.data());
    std::vector<std::byte> current(snapshot_.size());
    while (queue_.pop(current.data())) {
      const std::size_t node = graph_.nodes();
      asked_.look({reinterpret_cast<const Atom*>(current.data()), atoms});
      graph_.states.add_row();
      for (std::size_t i = 0; i < asked_.of_states(); ++i) {
        if (asked_.of_state(i)) graph_.states.set(node, i);
      }
      system_.expand(current.data(), *this);
      graph_.first_edge.push_back(graph_.target.size());
      if ((node & 0xfff) == 0 && on_progress) on_progress(numbers_.size());
    }
    return std::move(graph_);
  }

 private:
  std::pair<std::uint32_t, bool> number(StateView state) {
    const StateKey key = key_of(asked_.view(state));
    const auto out = numbers_.of(key);
    if (out.second) graph_.keys.push_back(key);
    return out;
  }
  void step(const Step&) override {
    const auto [target, is_new] = number(system_.state());
    if (is_new) {
      system_.save(snapshot_.data());
      queue_.push(snapshot_.data());
    }
    graph_.target.push_back(target);
    graph_.steps.add_row();
    for (std::size_t i = 0; i < asked_.of_steps(); ++i) {
      if (asked_.of_step(i, system_.state())) graph_.steps.set(graph_.target.size() - 1, i);
    }
  }
  void fault(const Step&, const std::string&) override {}  // no specification does that

  System& system_;
  Asked& asked_;
  Graph graph_;
  SnapshotQueue queue_;
  Numbers numbers_;
  std::vector<std::byte> snapshot_;
};

}  // namespace

Graph build(System& system, Asked& asked, const std::function<void(std::uint64_t)>& on_progress) {
  return Builder{system, asked}.run(on_progress);
}

}  // namespace lockstep::liveness
