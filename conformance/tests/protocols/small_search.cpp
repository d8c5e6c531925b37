// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "small_search.hpp"

#include <stdexcept>
#include <unordered_set>
#include <vector>

namespace lockstep {

namespace {

class Search final : public System::Visitor {
 public:
  Search(System& system, const std::vector<Monitor>& monitors,
         const std::vector<StepMonitor>& step_monitors, std::uint64_t max_states)
      : system_(system),
        monitors_(monitors),
        step_monitors_(step_monitors),
        max_states_(max_states),
        view_(system.world().layout().size()) {}

  Found run() {
    std::vector<std::byte> level(system_.snapshot_bytes());
    system_.initial(level.data());
    add(atoms(level.data()));
    while (!level.empty() && found_.violated.empty()) {
      ++found_.steps;
      next_.clear();
      for (std::size_t at = 0; at < level.size(); at += system_.snapshot_bytes()) {
        before_ = level.data() + at;
        system_.expand(before_, *this);
      }
      level.swap(next_);
    }
    if (found_.violated.empty()) found_.steps = 0;
    return found_;
  }

  void step(const Step&) override {
    ++found_.transitions;
    const Atom* after = system_.state().data();
    for (const StepMonitor& monitor : step_monitors_) {
      if (!monitor.holds(atoms(before_), after)) found_.violated.insert(monitor.name);
    }
    if (!add(after)) return;
    if (found_.states > max_states_) throw std::runtime_error("more states than a test should see");
    next_.resize(next_.size() + system_.snapshot_bytes());
    system_.save(next_.data() + next_.size() - system_.snapshot_bytes());
  }
  void fault(const Step&, const std::string&) override { found_.violated.insert("Fault"); }

 private:
  static const Atom* atoms(const std::byte* snapshot) {
    return reinterpret_cast<const Atom*>(snapshot);
  }
  /// False if the state has been seen.
  bool add(const Atom* state) {
    system_.world().layout().view({state, view_.size()}, view_.data());
    const auto* bytes = reinterpret_cast<const char*>(view_.data());
    if (!seen_.emplace(bytes, view_.size() * sizeof(Atom)).second) return false;
    ++found_.states;
    for (const Monitor& monitor : monitors_) {
      if (!monitor.holds(state)) found_.violated.insert(monitor.name);
    }
    return true;
  }

  System& system_;
  const std::vector<Monitor>& monitors_;
  const std::vector<StepMonitor>& step_monitors_;
  const std::uint64_t max_states_;
  State view_;
  std::unordered_set<std::string> seen_;
  std::vector<std::byte> next_;
  const std::byte* before_ = nullptr;
  Found found_;
};

}  // namespace

Found small_search(System& system, const std::vector<Monitor>& monitors,
                   const std::vector<StepMonitor>& step_monitors, std::uint64_t max_states) {
  return Search(system, monitors, step_monitors, max_states).run();
}

}  // namespace lockstep
