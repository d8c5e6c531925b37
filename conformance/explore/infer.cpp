// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/infer.hpp"

#include <algorithm>

namespace lockstep {

namespace {

/// The steps of a snapshot into one state; of a step that is named, that one.
class Into final : public System::Visitor {
 public:
  Into(System& system, const State& wanted, std::optional<Step> named, std::vector<std::byte>& next)
      : system_(system), wanted_(wanted), named_(named), next_(next) {}
  std::vector<Step> found;

  void step(const Step& step) override {
    if (named_ && step != *named_) return;
    const StateView state = system_.state();
    if (!std::ranges::equal(state, wanted_) || std::ranges::find(found, step) != found.end())
      return;
    found.push_back(step);
    system_.save(next_.data());
  }
  void fault(const Step&, const std::string&) override {}

 private:
  System& system_;
  const State& wanted_;
  std::optional<Step> named_;
  std::vector<std::byte>& next_;
};

}  // namespace

std::optional<Ambiguous> infer_steps(Trace& trace, System& system) {
  if (trace.unnamed.empty()) return std::nullopt;
  std::vector<std::byte> current(system.snapshot_bytes()), next(system.snapshot_bytes());
  system.initial(current.data());
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    const std::size_t to = i + 1 < trace.states.size() ? i + 1 : trace.loop.value_or(i);
    const auto unnamed = std::ranges::find(trace.unnamed, i);
    const bool named = unnamed == trace.unnamed.end();
    Into into{system, trace.states[to], named ? std::optional{trace.steps[i]} : std::nullopt, next};
    system.expand(current.data(), into);
    if (into.found.empty()) return std::nullopt;
    if (into.found.size() > 1) return Ambiguous{i, into.found};
    if (!named) {
      trace.steps[i] = into.found.front();
      trace.unnamed.erase(unnamed);
    }
    std::swap(current, next);
  }
  return std::nullopt;
}

}  // namespace lockstep
