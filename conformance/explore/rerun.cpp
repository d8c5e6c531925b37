// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/rerun.hpp"

namespace lockstep {
namespace {

/// Runs the reference along the steps, and one step further.
class Rerun : private System::Visitor {
 public:
  Rerun(System& system, Difference& out) : system_(system), out_(out) {}

  void follow() {
    std::vector<std::byte> current(system_.snapshot_bytes());
    next_ = current;
    system_.initial(current.data());
    const auto* atoms = reinterpret_cast<const Atom*>(current.data());
    out_.states.emplace_back(atoms, atoms + system_.world().layout().size());
    for (const Step& step : out_.steps) {
      wanted_ = &step;
      system_.expand(current.data(), *this);
      out_.states.push_back(after_);
      current = next_;
    }
    after_.clear();
    wanted_ = &out_.step;
    system_.expand(current.data(), *this);
    out_.reference_after = after_;
  }

 private:
  void step(const Step& taken) override {
    if (taken != *wanted_) return;
    after_.assign(system_.state().begin(), system_.state().end());
    system_.save(next_.data());
  }
  void fault(const Step&, const std::string&) override {}

  System& system_;
  Difference& out_;
  std::vector<std::byte> next_;
  State after_;
  const Step* wanted_ = nullptr;
};

}  // namespace

void rerun(System& reference, Difference& difference) {
  Rerun(reference, difference).follow();
}

}  // namespace lockstep
