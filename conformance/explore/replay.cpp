// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "explore/replay.hpp"

#include <algorithm>

namespace lockstep {

namespace {

class Replay : private System::Visitor {
 public:
  Replay(const Trace& trace, System& system)
      : trace_(trace),
        system_(system),
        current_(system.snapshot_bytes()),
        next_(system.snapshot_bytes()) {}

  std::optional<ReplayDifference> run() {
    system_.initial(current_.data());
    const auto* atoms = reinterpret_cast<const Atom*>(current_.data());
    State present(atoms, atoms + system_.world().layout().size());
    if (trace_.states.empty() || present != trace_.states.front()) {
      const State first = trace_.states.empty() ? State{} : trace_.states.front();
      return ReplayDifference{0, first, first, present, ""};
    }
    for (std::size_t i = 0; i < trace_.steps.size(); ++i) {
      wanted_ = &trace_.steps[i];
      taken_.reset();
      faulted_.clear();
      enabled_.clear();
      system_.expand(current_.data(), *this);
      const std::size_t to = i + 1 < trace_.states.size() ? i + 1 : trace_.loop.value_or(i);
      if (!taken_ || *taken_ != trace_.states[to]) {
        return ReplayDifference{i + 1, present, trace_.states[to], taken_, taken_ ? "" : refusal()};
      }
      present = *taken_;
      std::swap(current_, next_);
    }
    return std::nullopt;
  }

 private:
  void step(const Step& step) override {
    if (step.task == wanted_->task) enabled_.push_back(step);
    if (step != *wanted_) return;
    taken_.emplace(system_.state().begin(), system_.state().end());
    system_.save(next_.data());
  }
  void fault(const Step& step, const std::string& what) override {
    if (step == *wanted_) faulted_ = what;
  }

  std::string refusal() const {
    if (!faulted_.empty()) return "the reference fails: " + faulted_;
    if (!is_symbol(wanted_->site))
      return "no step of the reference leads into the state that follows";
    const Symbols& names = system_.world().layout().symbols;
    std::string out = names.text(wanted_->task) + " cannot take " + wanted_->text(names);
    if (enabled_.empty()) return out + "; it can take no step here";
    out += "; it can take";
    for (std::size_t i = 0; i < enabled_.size() && i < 6; ++i) {
      out += (i == 0 ? " " : ", ") + enabled_[i].text(names);
    }
    return out + (enabled_.size() > 6 ? ", ..." : "");
  }

  const Trace& trace_;
  System& system_;
  std::vector<std::byte> current_, next_;
  const Step* wanted_ = nullptr;
  std::optional<State> taken_;
  std::string faulted_;
  std::vector<Step> enabled_;
};

}  // namespace

std::optional<ReplayDifference> replay(const Trace& trace, System& system) {
  return Replay(trace, system).run();
}

}  // namespace lockstep
