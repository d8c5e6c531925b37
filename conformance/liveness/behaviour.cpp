// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "liveness/behaviour.hpp"

#include <algorithm>

#include "model/verdict.hpp"

namespace lockstep::liveness {
namespace {

/// Takes the step of an edge: the one at the same place among the steps of its state, and else any
/// that leads to the same state.
class Follower final : private System::Visitor {
 public:
  Follower(System& system, Asked& asked, const Graph& graph)
      : system_(system),
        asked_(asked),
        graph_(graph),
        current_(system.snapshot_bytes()),
        next_(current_) {
    system_.initial(current_.data());
    const auto* atoms = reinterpret_cast<const Atom*>(current_.data());
    out.states.emplace_back(atoms, atoms + system_.world().layout().size());
  }

  void take(std::uint64_t edge) {
    const auto source = std::ranges::upper_bound(graph_.first_edge, edge) - 1;
    wanted_ = edge - *source;
    key_ = graph_.keys[graph_.target[edge]];
    ordinal_ = 0;
    found_ = exactly_ = false;
    system_.expand(current_.data(), *this);
    if (!found_) {
      throw Undecided(
          "two states that the VIEW does not tell apart have different steps: the "
          "graph is not the specification's");
    }
    current_ = next_;
    out.steps.push_back(step_);
    out.states.push_back(after_);
  }

  Behaviour out;

 private:
  void step(const Step& step) override {
    const bool here = ordinal_++ == wanted_;
    if (exactly_ || (found_ && !here) || key_of(asked_.view(system_.state())) != key_) return;
    found_ = true;
    exactly_ = here;
    step_ = step;
    after_.assign(system_.state().begin(), system_.state().end());
    system_.save(next_.data());
  }
  void fault(const Step&, const std::string&) override {}

  System& system_;
  Asked& asked_;
  const Graph& graph_;
  std::vector<std::byte> current_, next_;
  std::uint64_t wanted_ = 0, ordinal_ = 0;
  StateKey key_;
  bool found_ = false, exactly_ = false;
  Step step_;
  State after_;
};

}  // namespace

Behaviour follow(System& system, Asked& asked, const Graph& graph, const Lasso& lasso) {
  Follower follower{system, asked, graph};
  for (const std::uint64_t edge : lasso.stem) follower.take(edge);
  follower.out.back_to = follower.out.steps.size();
  for (const std::uint64_t edge : lasso.loop) follower.take(edge);
  return std::move(follower.out);
}

}  // namespace lockstep::liveness
