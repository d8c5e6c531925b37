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
  Search(System& system, SpecProperties* properties, std::uint64_t max_states)
      : system_(system),
        properties_(properties),
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
    if (properties_ != nullptr) {
      const auto violated = properties_->all_by(atoms(before_), after);
      found_.violated.insert(violated.begin(), violated.end());
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
  /// False if the state has been seen: what it violates is noted in any case.
  bool add(const Atom* state) {
    if (properties_ != nullptr) {
      const auto violated = properties_->all_at(state);
      found_.violated.insert(violated.begin(), violated.end());
    }
    system_.world().layout().view({state, view_.size()}, view_.data());
    const auto* bytes = reinterpret_cast<const char*>(view_.data());
    if (!seen_.emplace(bytes, view_.size() * sizeof(Atom)).second) return false;
    ++found_.states;
    return true;
  }

  System& system_;
  SpecProperties* properties_;
  const std::uint64_t max_states_;
  State view_;
  std::unordered_set<std::string> seen_;
  std::vector<std::byte> next_;
  const std::byte* before_ = nullptr;
  Found found_;
};

}  // namespace

Found small_search(System& system, SpecProperties* properties, std::uint64_t max_states) {
  return Search(system, properties, max_states).run();
}

}  // namespace lockstep
